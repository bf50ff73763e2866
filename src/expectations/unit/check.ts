import type { z } from "zod";
import { columnLabel } from "../../columns/address.js";
import { ConfigError, didYouMean, type ErrorCode } from "../../errors/index.js";
import { type OptionName, optionSchemas } from "./options.js";
import { type Placed, parametersOf } from "./parameter.js";
import type { AnyUnit } from "./unit.js";
import { columnRefSchema } from "./wire.js";

/** How an expectation is spoken of before it has an id: `between("qty")`. */
function spokenName(unit: AnyUnit, raw: Record<string, unknown>): string {
  const column = raw.column ?? raw.columns;
  if (typeof column === "string") return `${unit.type}(${JSON.stringify(column)})`;
  return Array.isArray(column) ? `${unit.type}(${JSON.stringify(columnLabel(column))})` : unit.type;
}

function unknownKey(unit: AnyUnit, key: string): string {
  const honoured = [...unit.params, ...unit.options];
  if (Object.hasOwn(optionSchemas, key)) {
    return `can't honour ${JSON.stringify(key)}${whyNot(unit, key as OptionName)}`;
  }
  return `has no option ${JSON.stringify(key)}${didYouMean(key, honoured)}`;
}

function whyNot(unit: AnyUnit, key: OptionName): string {
  if ((key === "mostly" || key === "tolerate") && unit.shape !== "row") return ": it isn't about rows";
  if (key === "when" && unit.shape === "table") return ": it is about the table's shape";
  return `; it takes ${unit.options.join(", ")}`;
}

/** The path inside an expectation where something is wrong: `tolerate.warn`, `of[0].min`. */
export function pathText(path: readonly PropertyKey[]): string {
  return path
    .map((step) => (typeof step === "number" ? `[${step}]` : `.${String(step)}`))
    .join("")
    .replace(/^\./, "");
}

/** The deepest and most telling issue of a zod error, as one sentence with its path. */
export function issueText(issue: z.core.$ZodIssue, prefix: readonly PropertyKey[] = []): string {
  const path = [...prefix, ...issue.path];
  if (issue.code === "invalid_union" && issue.errors.length > 0) {
    const best = [...issue.errors].sort((a, b) => depth(b) - depth(a))[0]!;
    if (depth(best) > 0 && best[0]) return issueText(best[0], path);
  }
  const where = pathText(path);
  return where === "" ? issue.message : `${where}: ${issue.message}`;
}

function depth(issues: readonly z.core.$ZodIssue[]): number {
  return Math.max(0, ...issues.map((issue) => issue.path.length));
}

function problems(unit: AnyUnit, issues: readonly z.core.$ZodIssue[]): string {
  const lines = issues.flatMap((issue) =>
    issue.code === "unrecognized_keys" && issue.path.length === 0
      ? issue.keys.map((key) => unknownKey(unit, key))
      : [issueText(issue)],
  );
  return lines.join("; ");
}

/** The code an issue stands for; a check may name its own. */
function codeOf(issue: z.core.$ZodIssue): ErrorCode {
  if (issue.code === "custom" && issue.params?.code !== undefined) return issue.params.code as ErrorCode;
  const refused =
    issue.code === "unrecognized_keys" && issue.keys.some((key) => Object.hasOwn(optionSchemas, key));
  return refused ? "config/unsupported-option" : "config/bad-value";
}

/** Options that contradict each other, or undefined. */
function contradiction(unit: AnyUnit, raw: Record<string, unknown>): string | undefined {
  if (raw.mostly !== undefined && raw.tolerate !== undefined) {
    return "takes mostly or tolerate, not both";
  }
  const tolerate = raw.tolerate as { fail?: unknown } | undefined;
  if (raw.onFail === "warn" && tolerate?.fail !== undefined) {
    return 'has onFail "warn" and tolerate.fail, which say different things';
  }
  if (raw.onFail === "quarantine" && !unit.quarantines) {
    return unit.shape === "row"
      ? "can't quarantine: the rows that are left need not meet it; it can warn or fail"
      : "can't quarantine: it isn't about single rows; it can warn or fail";
  }
  return undefined;
}

/** Checks the stored form of one expectation. Throws ConfigError that names the unit, the parameter and the choices. */
export function checkStored(unit: AnyUnit, raw: Record<string, unknown>): Record<string, unknown> {
  const said = contradiction(unit, raw);
  if (said !== undefined) {
    throw new ConfigError("config/unsupported-option", `${spokenName(unit, raw)} ${said}`, {
      unit: unit.type,
    });
  }
  const parsed = unit.schema.safeParse(raw);
  const placed = parametersOf(raw);
  if (placed.length > 0) checkNames(unit, raw);
  else if (parsed.success) return parsed.data as Record<string, unknown>;
  const issues = (parsed.error?.issues ?? []).filter((issue) => !placed.some((at) => isOpen(issue, at)));
  // What its parameters leave open is checked when they are given.
  if (issues.length === 0) return raw;
  throw new ConfigError(
    issues.map(codeOf).find((code) => code !== "config/bad-value") ?? "config/bad-value",
    `${spokenName(unit, raw)} ${problems(unit, issues)}`,
    { unit: unit.type, value: raw, choices: [...unit.params, ...unit.options] },
  );
}

/** True for an issue that a parameter's value may settle: it is about the place where that stands, inside it or around it. */
function isOpen({ code, path }: z.core.$ZodIssue, placed: Placed): boolean {
  const depth = Math.min(path.length, placed.path.length);
  const meets = path.slice(0, depth).every((step, nth) => String(step) === placed.path[nth]);
  return meets && (code !== "unrecognized_keys" || path.length >= placed.path.length);
}

function columnsOf(unit: AnyUnit, raw: Record<string, unknown>): readonly unknown[] {
  try {
    return [...unit.columns(raw)];
  } catch {
    // A list of columns that is a parameter is no list yet.
    return [undefined];
  }
}

/** Refuses a parameter in place of a column's name, by which an expectation is known before it is run. */
function checkNames(unit: AnyUnit, raw: Record<string, unknown>): void {
  if (columnsOf(unit, raw).every((ref) => columnRefSchema.safeParse(ref).success)) return;
  throw new ConfigError("config/bad-value", `${unit.type}: a parameter can't stand for a column's name`, {
    unit: unit.type,
    value: raw,
  });
}
