import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type CommandSpec, readArguments } from "../../src/cli/arguments.js";
import { COMMANDS } from "../../src/cli/commands.js";
import { ConfigError } from "../../src/errors/index.js";
import { runIn } from "./commandLine.js";

const paint: CommandSpec = {
  name: "paint",
  about: "paint a wall",
  operands: [{ name: "WALL" }, { name: "FLOOR", optional: true }],
  options: {
    colour: { value: "C", short: "c", required: true, about: "which" },
    coat: { value: "N", repeats: true, about: "how thick" },
    wet: { about: "leave it so" },
  },
};

describe("readArguments", () => {
  it("reads operands, values, repeated values and flags, in any order", () => {
    const args = readArguments(paint, [
      "--coat=1",
      "north",
      "-c",
      "red",
      "--coat",
      "2",
      "--wet",
      "--",
      "--floor",
    ]);
    expect(args.operands).toEqual(["north", "--floor"]);
    expect(args.value("colour")).toBe("red");
    expect(args.values("coat")).toEqual(["1", "2"]);
    expect([args.has("wet"), args.has("coat"), args.has("dry")]).toEqual([true, true, false]);
    expect(args.values("dry")).toEqual([]);
  });

  it.each([
    [["north", "--color", "red"], 'paint has no option --color; did you mean "--colour"?'],
    [["north", "-x"], "paint has no option -x"],
    [["north", "--__proto__=1"], "paint has no option --__proto__"],
    [["--colour", "red"], "paint needs WALL"],
    [["north"], "paint needs --colour C"],
    [["north", "--colour"], "--colour takes a value: --colour C"],
    [["north", "--colour="], "--colour takes a value: --colour C"],
    [["north", "--colour", "--wet"], "--colour takes a value; is --wet one? then write --colour=--wet"],
    [["north", "--colour=red", "--wet=yes"], "--wet takes no value"],
    [["north", "--colour=red", "-c", "blue"], "-c is given twice"],
    [["north", "south", "west", "-c=red"], 'paint doesn\'t know what to do with "west"'],
  ])("refuses %j", (argv, said) => {
    expect(() => readArguments(paint, argv)).toThrow(
      new ConfigError("config/bad-value", said, { unit: "veritable paint" }),
    );
  });

  it("takes any command line, or says what is wrong with it", () => {
    const word = fc.oneof(
      fc.string(),
      fc.constantFrom("-", "--", "--wet", "--coat", "-c", "-wc", "--colour=", "--no-wet", "--constructor"),
    );
    fc.assert(
      fc.property(fc.array(word), (argv) => {
        try {
          expect(readArguments(paint, argv).value("colour")).toBeTruthy();
        } catch (error) {
          expect(error).toBeInstanceOf(ConfigError);
        }
      }),
    );
  });
});

describe("veritable", () => {
  const run = (...argv: string[]) => runIn(process.cwd(), argv);

  it("says what it can do", async () => {
    const asked = await run("--help");
    expect(asked).toMatchObject({ code: 0, err: "" });
    for (const { name } of COMMANDS) expect(asked.out).toContain(`\n  ${name} `);
    expect(await run("-h")).toEqual(asked);
    expect(await run("help")).toEqual(asked);
    expect(await run()).toEqual({ code: 2, out: "", err: asked.out });
  });

  it.each(COMMANDS.map((command) => [command.name, command] as const))(
    "says what %s takes",
    async (name, command) => {
      const asked = await run(name, "--help");
      expect(asked).toMatchObject({ code: 0, err: "" });
      expect(asked.out).toMatch(new RegExp(`^Usage: veritable ${name} `));
      for (const option of Object.keys(command.options)) expect(asked.out).toContain(`\n  --${option}`);
      for (const line of asked.out.split("\n")) expect(line.length).toBeLessThanOrEqual(100);
      expect(await run("help", name)).toEqual(asked);
      expect(await run(name, "--nonsense", "-h")).toEqual(asked);
    },
  );

  it("tells its version", async () => {
    expect(await run("--version")).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^\d+\.\d+\.\d+\S*\n$/),
    });
  });

  it.each([
    [["chekc"], 'veritable: no command "chekc"; did you mean "check"?\nsee veritable --help\n'],
    [
      ["data.parquet"],
      'veritable: no command "data.parquet"; the commands are check, explain, lint, profile, drift, import, expectations\nsee veritable --help\n',
    ],
    [["--hepl"], 'veritable: no option --hepl; did you mean "--help"?\nsee veritable --help\n'],
    [
      ["check", "a.csv", "--siute", "b"],
      'veritable: check has no option --siute; did you mean "--suite"?\nsee veritable check --help\n',
    ],
  ])("helps on after %j", async (argv, err) => {
    expect(await run(...argv)).toEqual({ code: 2, out: "", err });
  });
});
