import { freshness, suite, validate } from "veritable";
import { describe, expect, it } from "vitest";
import { tableOf as plainTable } from "../../src/testing/plainTable.js";
import { outcomeOf, sameOutcome } from "./outcomes.js";

const now = "2024-01-31T09:30:00Z";
const of = (type: string, ...values: (string | null)[]) => ({ at: { type, values } });
const within = (maxAge: string, maxAhead?: string) =>
  freshness("at", { maxAge, ...(maxAhead === undefined ? {} : { maxAhead }) });

describe("freshness", () => {
  it.each([
    ["timestamp[ms]", "2024-01-31T03:30:00", "pass"],
    ["timestamp[ms]", "2024-01-31T03:29:59.999", "fail"],
    ["timestamp[ns, UTC]", "2024-01-31T03:30:00Z", "pass"],
    ["timestamp[ns, UTC]", "2024-01-31T03:29:59.999999999Z", "fail"],
    ["timestamp[s, Europe/Paris]", "2024-01-31T04:30:00+01:00", "pass"],
    ["timestamp[s, Europe/Paris]", "2024-01-31T04:29:59+01:00", "fail"],
    ["date64", "2024-01-31", "fail"],
    ["dictionary<int8, timestamp[us]>", "2024-01-31T03:30:00", "pass"],
  ])("takes %s %s for at most 6 hours old: %s", async (type, newest, status) => {
    const cells = of(type, "2020-01-01T00:00:00", newest, null);
    const table = type.startsWith("dictionary") ? plainTable(cells) : undefined;
    const outcome = table
      ? await outcomeOf(table, within("6h"), { now })
      : await sameOutcome(cells, within("6h"), { now });
    expect(outcome.status, outcome.message).toBe(status);
    expect(outcome.expected).toBe("newest at is at most 6h old");
  });

  it("says the newest value, its age and the clock", async () => {
    const outcome = await outcomeOf(of("timestamp[s]", "2024-01-29T07:00:00"), within("1d"), { now });
    expect(outcome).toMatchObject({
      status: "fail",
      message: "the newest value is too old",
      observed: { value: "2024-01-29T07:00:00", age: "P2DT2H30M", now: "2024-01-31T09:30:00.000Z" },
    });
  });

  it("takes a date for its first moment", async () => {
    const today = of("date32", "2024-01-31");
    expect((await outcomeOf(today, within("9h"), { now })).status).toBe("fail");
    expect(await outcomeOf(today, within("9h30m"), { now })).toMatchObject({
      status: "pass",
      observed: { value: "2024-01-31", age: "PT9H30M" },
    });
  });

  it.each([
    ["2024-01-31T09:30:00", undefined, "pass"],
    ["2024-01-31T09:30:01", undefined, "fail"],
    ["2024-01-31T09:35:00", "5m", "pass"],
    ["2024-01-31T09:35:01", "5m", "fail"],
  ])("of the future takes %s, ahead by %s at most: %s", async (newest, maxAhead, status) => {
    const outcome = await outcomeOf(of("timestamp[s]", newest), within("6h", maxAhead), { now });
    expect(outcome.status).toBe(status);
    if (status === "fail") expect(outcome.message).toBe("the newest value lies in the future");
  });

  it.each([
    ["6h", "PT6H"],
    ["1d12h", "PT36H"],
    ["90m", "PT1H30M"],
    ["2w", "P14D"],
    ["45s", "PT45S"],
    ["1w2d3h4m5s", "P9DT3H4M5S"],
  ])("reads %s as %s", async (short, iso) => {
    const clock = new Date("2024-03-01T00:00:00Z");
    const past = (ms: number) =>
      of("timestamp[ms]", new Date(clock.getTime() - ms).toISOString().slice(0, -1));
    for (const text of [short, iso]) {
      const length = { "6h": 21600, "1d12h": 129600, "90m": 5400, "2w": 1209600, "45s": 45 }[short] ?? 788645;
      const status = async (ms: number) => (await outcomeOf(past(ms), within(text), { now: clock })).status;
      expect([await status(length * 1000), await status(length * 1000 + 1)], text).toEqual(["pass", "fail"]);
    }
  });

  it.each(["6", "", "h", "6 h", "1h2d", "-6h", "-PT6H", "PT", "six hours"])(
    "takes %j for no length",
    (text) => {
      expect(() => within(text)).toThrow(/maxAge: is no length of time/);
    },
  );

  it("reads a clock without a zone as UTC, and says no for what is no clock", async () => {
    const data = of("timestamp[s]", "2024-01-31T03:30:00");
    const at = (clock: string) => outcomeOf(data, within("6h"), { now: clock });
    expect((await at("2024-01-31T09:30:00")).status).toBe("pass");
    expect((await at("2024-01-31T09:30:00+01:00")).status).toBe("pass");
    expect((await at("2024-01-31T09:30:00.000000001")).observed).toMatchObject({
      now: "2024-01-31T09:30:00.000000001Z",
    });
    await expect(at("yesterday")).rejects.toThrow("now: is no ISO 8601 moment");
    await expect(outcomeOf(data, within("6h"), { now: new Date("never") })).rejects.toMatchObject({
      code: "config/bad-value",
    });
  });

  it("takes the run's start where no clock is given", async () => {
    const run = await validate(
      plainTable(of("timestamp[s]", "1970-01-01T00:00:00")),
      suite("s", [within("1d")]),
    );
    const { observed } = run.outcomes[0]!;
    expect((observed as { now: string }).now).toBe(run.toJSON().startedAt);
  });

  it("has no value to take the age of, or none that has an age", async () => {
    expect(await outcomeOf(of("timestamp[s]", null), within("6h"), { now })).toMatchObject({
      status: "fail",
      message: "no value of at to take the age of",
    });
    expect(await outcomeOf(of("time32[s]", "09:30:00"), within("6h"), { now })).toMatchObject({
      status: "error",
    });
    const onlyOld = freshness("at", { maxAge: "6h" }, { when: { at: { lt: "2024-01-01" } } });
    const data = of("timestamp[s]", "2023-12-31T00:00:00", "2024-01-31T09:00:00");
    expect((await outcomeOf(data, onlyOld, { now })).status).toBe("fail");
  });
});
