import type { Arguments, CommandSpec, OptionSpec } from "./arguments.js";
import { CLOCK_OPTION, ENGINE_OPTION, GIVEN_OPTIONS } from "./given.js";
import type { Surroundings } from "./surroundings.js";

/** Does what a command says and gives its exit code. Throws VeritableError. */
export type Action = (args: Arguments, surroundings: Surroundings) => Promise<number>;

/** A command, and the module behind it, which is loaded when it is used. */
export interface Command extends CommandSpec {
  load(): Promise<Action>;
}

const noColor: OptionSpec = { about: "plain text, also with NO_COLOR set" };
const suite: OptionSpec = { value: "SUITE", required: true, about: "a suite: .json, .yaml or .yml" };
const help: OptionSpec = { short: "h", about: "what you are reading" };
const allowUrls: OptionSpec = { about: "let FILE be an http: or https: URL" };

const missing: OptionSpec = {
  value: "VALUE",
  repeats: true,
  about: "count this value as null, where it fits a column; may be repeated",
};

const FORMATS = "FILE is .parquet, .arrow, .csv or .jsonl.";

/** Every command, in the order of the help. */
export const COMMANDS: readonly Command[] = [
  {
    name: "check",
    about: "hold FILE against a suite, and split its rows",
    operands: [{ name: "FILE" }],
    options: {
      suite,
      accepted: { value: "F", about: "write the rows that may be used; only on pass and warn" },
      quarantine: { value: "F", about: "write the rows that may not, with the rules they broke" },
      json: { value: "F", about: "write the result as JSON" },
      junit: { value: "F", about: "write the result as JUnit XML" },
      markdown: { value: "F", about: "write the result as Markdown" },
      baselines: { value: "DIR", about: "the folder of the baselines that the suite names" },
      ...GIVEN_OPTIONS,
      now: CLOCK_OPTION,
      sample: { value: "N", about: "failing rows shown for each expectation; 20 unless said" },
      "memory-limit": {
        value: "SIZE",
        about: "memory to keep to, as 512MB or 2GB; what is more goes to a file",
      },
      "spill-folder": { value: "DIR", about: "where that file is made; the system's folder unless said" },
      key: {
        value: "COLUMN",
        repeats: true,
        about: "show this column beside each failing row; may be repeated",
      },
      redact: {
        value: "COLUMN=HOW",
        repeats: true,
        about: "keep a column's data out of results: hash, mask or drop; may be repeated",
      },
      engine: ENGINE_OPTION,
      threads: { value: "N", about: "judge rows and read Parquet on up to N threads; 1 unless said" },
      "allow-urls": allowUrls,
      "no-color": noColor,
      quiet: { short: "q", about: "no report and no progress; the exit code tells" },
      help,
    },
    notes: [
      `${FORMATS} Files are written aside and appear whole. With - for F, the result goes to stdout in place of the report.`,
      "Exit codes: 0 pass or warn, 1 the data failed, 2 usage or suite, 3 could not evaluate, 4 could not write.",
    ],
    load: async () => (await import("./check.js")).check,
  },
  {
    name: "explain",
    about: "say what a check would read, and which evidence decides what",
    operands: [{ name: "FILE" }],
    options: {
      suite,
      ...GIVEN_OPTIONS,
      engine: ENGINE_OPTION,
      "allow-urls": allowUrls,
      "no-color": noColor,
      help,
    },
    notes: [`${FORMATS} No row is read.`],
    load: async () => (await import("./explain.js")).explainFile,
  },
  {
    name: "lint",
    about: "say whether a suite is well formed, and whether it fits FILE",
    operands: [{ name: "SUITE" }, { name: "FILE", optional: true }],
    options: { ...GIVEN_OPTIONS, "allow-urls": allowUrls, "no-color": noColor, help },
    notes: [`${FORMATS} No row is read. Exit codes: 0 no error found, 2 the suite has errors.`],
    load: async () => (await import("./lint.js")).lintFile,
  },
  {
    name: "profile",
    about: "write the baseline of FILE, which drift is measured against",
    operands: [{ name: "FILE" }],
    options: {
      output: { value: "BASELINE", short: "o", required: true, about: "where to: a .json file" },
      privacy: { value: "HOW", about: "full, binsOnly or kAnonymous=K; full unless said" },
      missing,
      "allow-urls": allowUrls,
      "no-color": noColor,
      help,
    },
    notes: [`${FORMATS} The same data give the same bytes.`],
    load: async () => (await import("./profile.js")).profileFile,
  },
  {
    name: "drift",
    about: "say whether FILE still looks like its baseline",
    operands: [{ name: "FILE" }],
    options: {
      baseline: { value: "BASELINE", required: true, about: "a baseline that profile wrote" },
      exclude: { value: "COLUMN", repeats: true, about: "leave this column out; may be repeated" },
      shift: {
        value: "N",
        about: "the smallest change that matters, in standard deviations; 0.25 unless said",
      },
      missing,
      json: { value: "F", about: "write the comparison as JSON" },
      markdown: { value: "F", about: "write the comparison as Markdown" },
      "allow-urls": allowUrls,
      "no-color": noColor,
      help,
    },
    notes: [
      `${FORMATS} With - for F, the comparison goes to stdout in place of the report.`,
      "Exit codes: 0 stable or inconclusive, 1 drift, 2 usage, 3 not comparable, 4 could not write.",
    ],
    load: async () => (await import("./drift.js")).driftOfFile,
  },
  {
    name: "import",
    about: "read a suite of Great Expectations, and write it as one of ours",
    operands: [{ name: "gx" }, { name: "SUITE" }],
    options: {
      out: { value: "F", about: "write the suite there; to stdout unless given" },
      parameters: { value: "F", about: "a JSON object with the values of the suite's $PARAMETERs" },
      help,
    },
    notes: [
      "SUITE is the JSON of a suite of GX 1.x or 0.18. What can't be carried over is left out, and said on stderr with the reason.",
    ],
    load: async () => (await import("./importSuite.js")).importSuite,
  },
  {
    name: "expectations",
    about: "list the expectations there are, or describe one",
    operands: [{ name: "NAME", optional: true }],
    options: { "no-color": noColor, help },
    load: async () => (await import("./expectations.js")).describe,
  },
];
