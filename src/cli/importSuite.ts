import { readFile } from "node:fs/promises";
import { ConfigError } from "../errors/index.js";
import { fromGreatExpectations } from "../interop/greatExpectations/fromGreatExpectations.js";
import { createAtomicFile } from "../io/atomicFile.js";
import { plainLine } from "../report/ink.js";
import { counted } from "../report/wording.js";
import type { Json } from "../results/json.js";
import { suiteToJson } from "../suite/codec.js";
import { type Arguments, usageError } from "./arguments.js";
import { EXIT } from "./exitCodes.js";
import { located, type Surroundings } from "./surroundings.js";

async function readJson(path: string, typed: string): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (cause) {
    throw new ConfigError("config/bad-value", `${typed} can't be read`, { value: typed, cause });
  }
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new ConfigError("config/bad-value", `${typed} is no JSON`, { value: typed, cause });
  }
}

async function parametersOf(args: Arguments, surroundings: Surroundings): Promise<Record<string, Json>> {
  const typed = args.value("parameters");
  if (typed === undefined) return {};
  const parameters = await readJson(located(typed, surroundings), typed);
  if (parameters !== null && typeof parameters === "object" && !Array.isArray(parameters)) {
    return parameters as Record<string, Json>;
  }
  throw usageError("import", `${typed} holds no object of parameters by name`);
}

/** Reads a suite of another tool and writes it as one of ours; notes go to stderr. Throws ConfigError and EngineError. */
export async function importSuite(args: Arguments, surroundings: Surroundings): Promise<number> {
  const [tool, path] = args.operands as [string, string];
  if (tool !== "gx")
    throw usageError("import", `import knows gx (Great Expectations), not ${JSON.stringify(tool)}`);
  const json = await readJson(located(path, surroundings), path);
  const parameters = await parametersOf(args, surroundings);
  const { suite, notes } = fromGreatExpectations(json, { parameters });
  const text = `${JSON.stringify(suiteToJson(suite), null, 2)}\n`;
  const out = args.value("out");
  if (out === undefined || out === "-") surroundings.stdout.write(text);
  else {
    const file = await createAtomicFile(located(out, surroundings));
    await file.write(new TextEncoder().encode(text));
    await file.commit();
  }
  const lines = notes.map(({ index, type, reason }) =>
    plainLine(`  expectations[${index}] ${type}: ${reason}`),
  );
  const title = `${suite.name}: ${counted(suite.expectations.length, "expectation")}, ${counted(notes.length, "note")}`;
  surroundings.stderr.write(`${[plainLine(title), ...lines].join("\n")}\n`);
  return EXIT.passed;
}
