import { describe, expect, it } from "vitest";
import { parsesAsDate } from "../../src/expectations/index.js";
import { outcomeOf, sameOutcome, seen } from "./outcomes.js";
import { failingTexts } from "./parses.js";
import { columnOf } from "./tables.js";

const failing = (format: string, texts: string[]) => failingTexts(texts, parsesAsDate("x", format));

describe("parsesAsDate", () => {
  it("skips nulls, and fails them on request", async () => {
    const cells = columnOf("utf8", ["2024-01-31", null, "x"]);
    const expected = { status: "fail", nulls: 1, judged: 2, failed: 1, failing: [2] };
    expect(seen(await sameOutcome(cells, parsesAsDate("x", "%Y-%m-%d")))).toEqual(expected);
    const strict = parsesAsDate("x", "%Y-%m-%d", { nulls: "fail" });
    expect(seen(await sameOutcome(cells, strict))).toMatchObject({ judged: 3, failing: [1, 2] });
  });

  it("knows the calendar", async () => {
    const texts = [
      "2024-02-29",
      "2023-02-29",
      "1900-02-29",
      "2000-02-29",
      "2024-04-31",
      "0000-01-01",
      "0001-1-1",
    ];
    expect(await failing("%Y-%m-%d", texts)).toEqual([
      "2023-02-29",
      "1900-02-29",
      "2024-04-31",
      "0000-01-01",
    ]);
    expect(await failing("%d %b", ["29 Feb", "28 Feb"])).toEqual(["29 Feb"]);
    expect(await failing("%y%j", ["24366", "23366", "23365"])).toEqual(["23366"]);
  });

  it("takes one digit where two are usual, and nothing before or after", async () => {
    const texts = [
      "1/2/2024",
      "01/02/2024",
      " 1/2/2024",
      "1/2/2024 ",
      "1/2/20245",
      "13/1/2024",
      "0/1/2024",
      "",
    ];
    expect(await failing("%m/%d/%Y", texts)).toEqual(texts.slice(2));
  });

  it("reads names, clocks and zones in English, whatever the case", async () => {
    expect(await failing("%A, %d %B %Y", ["monday, 01 JANUARY 2024", "Mon, 01 January 2024"])).toEqual([
      "Mon, 01 January 2024",
    ]);
    expect(await failing("%I:%M %p", ["12:59 am", "13:00 PM", "1:00 pm", "0:30 AM"])).toEqual([
      "13:00 PM",
      "0:30 AM",
    ]);
    expect(
      await failing("%H:%M:%S.%f%z", ["23:59:59.000001Z", "24:00:00.0Z", "00:00:60.0Z", "1:2:3.4+05:30"]),
    ).toEqual(["24:00:00.0Z", "00:00:60.0Z"]);
    expect(await failing("%x %X", ["01/31/24 09:30:00", "31/01/24 09:30:00"])).toEqual(["31/01/24 09:30:00"]);
  });

  it("takes any white space for white space, and other characters for themselves", async () => {
    expect(await failing("%Y %m", ["2024 1", "2024 \t 1", "20241"])).toEqual(["20241"]);
    expect(await failing("%Y.%%(%m)", ["2024.%(1)", "2024x%(1)"])).toEqual(["2024x%(1)"]);
  });

  it("refuses a format that can't be parsed", () => {
    expect(() => parsesAsDate("x", "%D")).toThrow(/directive %D/);
    expect(() => parsesAsDate("x", "%Y %")).toThrow(/directive %/);
    expect(() => parsesAsDate("x", "%Y %Y")).toThrow(/%Y twice/);
    expect(() => parsesAsDate("x", "day")).toThrow(/no directive/);
  });

  it("says why a row fails, and is an error for what is no text", async () => {
    const outcome = await outcomeOf(columnOf("utf8", ["2023-02-29", "soon"]), parsesAsDate("x", "%Y-%m-%d"));
    expect(outcome.sample?.items.map(({ reason }) => reason)).toEqual([
      "is no day of the calendar",
      "is not of the form %Y-%m-%d",
    ]);
    expect((await outcomeOf(columnOf("int32", [1]), parsesAsDate("x", "%Y"))).status).toBe("error");
  });
});
