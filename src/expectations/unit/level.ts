import type { Tally } from "../../plan/evidence.js";
import type { FailureBound, StoredOptions } from "./options.js";
import type { Judgement } from "./unit.js";

/** The level that breaking a rule has by itself: rows that are moved away leave a warning. */
export function levelOf(onFail: StoredOptions["onFail"]): "warn" | "fail" {
  return onFail === "warn" || onFail === "quarantine" ? "warn" : "fail";
}

/** The level of what nobody can tell: a warning, unless the author says otherwise. */
export function inconclusiveLevel(
  choice: "pass" | "warn" | "fail" = "warn",
  onFail: StoredOptions["onFail"] = "fail",
): "pass" | "warn" | "fail" {
  return choice === "fail" ? levelOf(onFail) : choice;
}

function crosses(bound: FailureBound | undefined, failed: number, judged: number): boolean {
  if (!bound || failed === 0) return false;
  // Divided, and not multiplied out: a quotient of integers and the literal it equals round to the same double.
  return "rows" in bound ? failed >= bound.rows : (failed * 100) / judged >= bound.percent;
}

const count = (rows: number) => `${rows.toLocaleString("en-US")} ${rows === 1 ? "row" : "rows"}`;

function share(failed: number, judged: number): string {
  const hundredths = (failed / judged) * 100;
  if (failed < judged && hundredths > 99.9) return "over 99.9 %";
  const digits = hundredths >= 10 ? 1 : hundredths >= 0.1 ? 2 : 1 - Math.floor(Math.log10(hundredths));
  return `${Number(hundredths.toFixed(Math.min(digits, 12)))} %`;
}

function leftOut(tally: Tally): string {
  const parts: [number, string][] = [
    [tally.excluded, "not asked"],
    [tally.ignored, "ignored"],
    [tally.nulls, "null"],
    [tally.nan, "NaN"],
    [tally.missing, "missing"],
  ];
  const said = parts
    .filter(([rows]) => rows > 0)
    .map(([rows, why]) => `${rows.toLocaleString("en-US")} ${why}`);
  return said.length > 0 ? ` (${said.join(", ")})` : "";
}

/** What having nothing to judge means: the author's word, else `usual`. */
export function judgeEmpty(options: StoredOptions, usual: "pass" | "fail" | "skip", why: string): Judgement {
  const choice = options.onEmpty ?? usual;
  if (choice === "skip") return { status: "skipped", message: why };
  return { status: choice === "pass" ? "pass" : levelOf(options.onFail), message: why };
}

/** Judges a row rule by its tally: `tolerate`, else `mostly`, else no row may fail. */
export function judgeTally(tally: Tally, options: StoredOptions): Judgement {
  const { judged, failed } = tally;
  if (judged === 0) return judgeEmpty(options, "pass", `no row to judge${leftOut(tally)}`);
  const message =
    failed === 0
      ? `all ${count(judged)}${leftOut(tally)}`
      : `broken by ${failed.toLocaleString("en-US")} of ${count(judged)}, ${share(failed, judged)}${leftOut(tally)}`;
  if (options.tolerate) {
    const crossed = (["warn", "fail"] as const).filter((level) =>
      crosses(options.tolerate?.[level], failed, judged),
    );
    const status = crossed.includes("fail") ? "fail" : crossed.includes("warn") ? "warn" : "pass";
    return { status, message, crossed };
  }
  const met = options.mostly === undefined ? failed === 0 : (judged - failed) / judged >= options.mostly;
  return { status: met ? "pass" : levelOf(options.onFail), message };
}
