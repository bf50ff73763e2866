import { basename } from "node:path";
import { plainLine } from "../report/ink.js";
import { renderTerminal } from "../report/terminal.js";
import { readSuite } from "../suite/readSuite.js";
import { baselineStore } from "../validate/baselineStore.js";
import type { Redaction, ValidateOptions } from "../validate/options.js";
import { validate } from "../validate/validate.js";
import { type Arguments, usageError } from "./arguments.js";
import { EXIT, exitCodeOfRun } from "./exitCodes.js";
import { engineSaid, givenOf, tableFiles } from "./given.js";
import { checkPaths, openOutputs } from "./outputs.js";
import { type ProgressBar, progressBar } from "./progress.js";
import { located, type Surroundings, takesColor, widthOfOutput } from "./surroundings.js";

const REDACTIONS: readonly string[] = ["hash", "mask", "drop"] satisfies Redaction[];

function redactions(said: readonly string[]): Record<string, Redaction> {
  const found = new Map<string, Redaction>();
  for (const each of said) {
    const at = each.lastIndexOf("=");
    const column = each.slice(0, Math.max(0, at));
    const how = each.slice(at + 1);
    if (column === "" || !REDACTIONS.includes(how)) {
      throw usageError("check", `--redact takes COLUMN=${REDACTIONS.join("|")}, not ${JSON.stringify(each)}`);
    }
    if (found.has(column)) {
      throw usageError("check", `--redact names the column ${JSON.stringify(column)} twice`);
    }
    found.set(column, how as Redaction);
  }
  return Object.fromEntries(found);
}

function wholeNumber(args: Arguments, option: string): number | undefined {
  const said = args.value(option);
  if (said === undefined) return undefined;
  if (!/^\d{1,15}$/.test(said)) {
    throw usageError("check", `--${option} takes a whole number, not ${JSON.stringify(said)}`);
  }
  return Number(said);
}

function optionsOf(args: Arguments, surroundings: Surroundings): ValidateOptions {
  const accepted = args.value("accepted");
  const quarantined = args.value("quarantine");
  const sample = wholeNumber(args, "sample");
  const threads = wholeNumber(args, "threads");
  const memoryLimit = args.value("memory-limit");
  const spillFolder = args.value("spill-folder");
  const baselines = args.value("baselines");
  return {
    keys: args.values("key"),
    redact: redactions(args.values("redact")),
    ...(sample === undefined ? {} : { sample }),
    ...(threads === undefined ? {} : { threads }),
    ...(memoryLimit === undefined ? {} : { memoryLimit }),
    ...(spillFolder === undefined ? {} : { spillFolder: located(spillFolder, surroundings) }),
    ...engineSaid(args, "check"),
    ...givenOf(args, "check", surroundings),
    ...(baselines === undefined ? {} : { baselines: baselineStore(located(baselines, surroundings)) }),
    sinks: {
      ...(accepted === undefined ? {} : { accepted: located(accepted, surroundings) }),
      ...(quarantined === undefined ? {} : { quarantined: located(quarantined, surroundings) }),
    },
  };
}

/** Validates a file, reports, writes what was asked, and gives the exit code. Throws what `validate` throws. */
export async function check(args: Arguments, surroundings: Surroundings): Promise<number> {
  const { stdout, stderr, isTTY } = surroundings;
  const [file] = args.operands as [string];
  const suitePath = args.value("suite")!;
  const isQuiet = args.has("quiet");
  checkPaths(args, [file, suitePath, ...tableFiles(args, "check")], surroundings);
  const options = optionsOf(args, surroundings);
  const suite = await readSuite(located(suitePath, surroundings));
  const outputs = await openOutputs(args, surroundings);
  const bar: ProgressBar | undefined =
    isTTY.stderr && !isQuiet ? progressBar(basename(file), stderr) : undefined;
  try {
    const run = await validate(located(file, surroundings), suite, {
      ...options,
      ...(bar ? { onProgress: (progress) => bar.update(progress) } : {}),
    });
    bar?.stop();
    await run.close();
    const json = run.toJSON();
    const problems = await outputs.write(json);
    if (!isQuiet && !outputs.takesStdout) {
      const color = takesColor(surroundings, args.has("no-color"));
      stdout.write(renderTerminal(json, { color, width: widthOfOutput(surroundings) }));
    }
    for (const problem of problems) {
      stderr.write(`veritable: ${plainLine(problem instanceof Error ? problem.message : String(problem))}\n`);
    }
    const code = exitCodeOfRun(json);
    return problems.length > 0 && code !== EXIT.unevaluated ? EXIT.unwritten : code;
  } catch (error) {
    bar?.stop();
    await outputs.abort();
    throw error;
  }
}
