import type { Privacy } from "../drift/privacy.js";
import { plainLine } from "../report/ink.js";
import { counted } from "../report/wording.js";
import { writeBaseline } from "../validate/baselineStore.js";
import { profile } from "../validate/profile.js";
import { type Arguments, usageError } from "./arguments.js";
import { EXIT } from "./exitCodes.js";
import { located, type Surroundings } from "./surroundings.js";

function privacyOf(said: string | undefined): Privacy {
  if (said === undefined || said === "full") return "full";
  if (said === "binsOnly") return said;
  const k = /^kAnonymous=(\d{1,9})$/.exec(said)?.[1];
  if (k !== undefined) return { mode: "kAnonymous", k: Number(k) };
  throw usageError("profile", `--privacy takes full, binsOnly or kAnonymous=K, not ${JSON.stringify(said)}`);
}

/** Writes the baseline of a file, aside and then whole. Throws what `profile` throws, and EngineError. */
export async function profileFile(args: Arguments, surroundings: Surroundings): Promise<number> {
  const [file] = args.operands as [string];
  const privacy = privacyOf(args.value("privacy"));
  const input = located(file, surroundings);
  const output = located(args.value("output")!, surroundings);
  if (input === output) throw usageError("profile", `--output ${output} would overwrite ${file}`);
  const made = await profile(input, {
    privacy,
    missing: args.values("missing"),
    ...(args.has("allow-urls") ? { allowUrls: true } : {}),
  });
  await writeBaseline(output, made);
  const size = `${counted(made.rows, "row")}, ${counted(made.columns.length, "column")}`;
  surroundings.stdout.write(`${plainLine(`baseline of ${file}: ${size}, written to ${output}`)}\n`);
  return EXIT.passed;
}
