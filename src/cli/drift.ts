import type { DriftReport } from "../drift/comparison.js";
import { ConfigError } from "../errors/index.js";
import { createAtomicFile } from "../io/atomicFile.js";
import { makeInk } from "../report/ink.js";
import { readBaseline } from "../validate/baselineStore.js";
import { compare } from "../validate/compare.js";
import { type Arguments, usageError } from "./arguments.js";
import { renderDrift, renderDriftMarkdown } from "./driftReport.js";
import { EXIT } from "./exitCodes.js";
import { located, type Surroundings, takesColor, widthOfOutput } from "./surroundings.js";

const FORMS = {
  json: (report: DriftReport) => `${JSON.stringify(report, null, 2)}\n`,
  markdown: renderDriftMarkdown,
} as const;

function numberOf(args: Arguments, name: string): number | undefined {
  const said = args.value(name);
  if (said === undefined) return undefined;
  const value = Number(said);
  if (Number.isFinite(value)) return value;
  throw usageError("drift", `--${name} takes a number, not ${JSON.stringify(said)}`);
}

async function writeFile(path: string, text: string): Promise<void> {
  const file = await createAtomicFile(path);
  try {
    await file.write(new TextEncoder().encode(text));
    await file.commit();
  } catch (error) {
    await file.abort();
    throw error;
  }
}

/** The forms that were asked for, and where they go. Refuses two of one name, and a file that is read. */
function wantedOf(args: Arguments, surroundings: Surroundings): Map<keyof typeof FORMS, string> {
  const wanted = new Map<keyof typeof FORMS, string>();
  const taken = new Set([args.operands[0]!, args.value("baseline")!]);
  for (const form of Object.keys(FORMS) as (keyof typeof FORMS)[]) {
    const typed = args.value(form);
    if (typed === undefined) continue;
    if (taken.has(typed)) throw usageError("drift", `--${form} ${typed} would overwrite another file`);
    taken.add(typed);
    wanted.set(form, typed === "-" ? typed : located(typed, surroundings));
  }
  return wanted;
}

const CODES = {
  drift: EXIT.failed,
  stable: EXIT.passed,
  inconclusive: EXIT.passed,
  notComparable: EXIT.unevaluated,
} as const;

/** Compares a file with a baseline, reports, and gives the exit code. Throws what `compare` throws. */
export async function driftOfFile(args: Arguments, surroundings: Surroundings): Promise<number> {
  const [file] = args.operands as [string];
  const wanted = wantedOf(args, surroundings);
  const path = located(args.value("baseline")!, surroundings);
  const baseline = await readBaseline(path);
  if (!baseline) {
    throw new ConfigError("config/missing-runtime-input", `there is no baseline ${path}`, {
      unit: "veritable drift",
      parameter: "baseline",
      value: path,
    });
  }
  const shift = numberOf(args, "shift");
  const report = await compare(located(file, surroundings), baseline, {
    exclude: args.values("exclude"),
    missing: args.values("missing"),
    ...(shift === undefined ? {} : { shift }),
    ...(args.has("allow-urls") ? { allowUrls: true } : {}),
  });
  for (const [form, target] of wanted) {
    const text = FORMS[form](report);
    if (target === "-") surroundings.stdout.write(text);
    else await writeFile(target, text);
  }
  if (![...wanted.values()].includes("-")) {
    const ink = makeInk(takesColor(surroundings, args.has("no-color")));
    surroundings.stdout.write(renderDrift(report, ink, widthOfOutput(surroundings)));
  }
  return CODES[report.verdict];
}
