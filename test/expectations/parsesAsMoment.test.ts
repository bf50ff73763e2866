import { expect, it } from "vitest";
import { parsesAsMoment } from "../../src/expectations/index.js";
import { failingTexts } from "./parses.js";

const failing = (texts: (string | null)[]) => failingTexts(texts, parsesAsMoment("x"));

it("takes ISO 8601 and the common forms with English names", async () => {
  const moments = [
    "2024-01-31",
    "2024-01-31T09:30:00.123456Z",
    "2024-01-31 09:30+02:00",
    "20240131T093000Z",
    "2024/1/31",
    "01/31/2024 9:30 pm",
    "31.1.2024 21:30",
    "31 Jan 2024",
    "January 31, 2024",
    "Wed, 31 Jan 2024 09:30:00 GMT",
    "Wed Jan 31 09:30:00 2024",
    " 2024-01 ",
    null,
  ];
  expect(await failing(moments)).toEqual([]);
});

it("takes no number, no clock, no word and no day outside the calendar", async () => {
  const others = [
    "",
    "12",
    "2024",
    "9:30",
    "soon",
    "2023-02-29",
    "31/01/2024",
    "32 Jan 2024",
    "2024-01-31T25:00",
  ];
  expect(await failing(others)).toEqual(others);
});
