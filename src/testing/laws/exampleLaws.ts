import { ConfigError } from "../../errors/index.js";
import { make } from "../../expectations/unit/make.js";
import { type OptionName, optionSchemas } from "../../expectations/unit/options.js";
import type { AnyUnit } from "../../expectations/unit/unit.js";
import { suiteFromJson, suiteToJson } from "../../suite/codec.js";
import { resolveParameters } from "../../suite/resolveParameters.js";
import { validate } from "../../validate/validate.js";
import { holds, type Law, same } from "./law.js";
import { exampleTable, givenTo, outcomeOf, runOf, suiteOf, violationTable } from "./unitTables.js";

const SOME_VALUES: Readonly<Record<OptionName, unknown>> = {
  id: "my id",
  description: "what it is for",
  tags: ["a", "b"],
  meta: { owner: "finance", nested: [1, { a: null }] },
  onFail: "warn",
  mostly: 0.5,
  tolerate: { warn: { rows: 1 } },
  when: { some: { isNull: false } },
  nulls: "fail",
  nan: "null",
  onEmpty: "skip",
  missing: ["N/A", -999],
};

function refusal(unit: AnyUnit, options: object): unknown {
  try {
    make(unit, unit.about.example.params, options);
  } catch (error) {
    return error;
  }
  return undefined;
}

function refuses(unit: AnyUnit, options: object, code: string): void {
  const said = refusal(unit, options);
  const what = `${unit.type} with ${JSON.stringify(options)}`;
  holds(`${what} is taken`, said !== undefined);
  holds(`${what} throws ${String(said)}, which is no ConfigError`, said instanceof ConfigError);
  same(`the code of ${what}`, (said as ConfigError).code, code);
  holds(
    `${what}: "${(said as Error).message}" doesn't name the unit`,
    (said as Error).message.includes(unit.type),
  );
}

async function checkViolation(unit: AnyUnit): Promise<void> {
  const { rows } = unit.about.violation;
  const table = violationTable(unit);
  const given = givenTo(unit, "violation");
  const { status, sample, counts, message } = await outcomeOf(unit, table, {}, { ...given, sample: 10_000 });
  same(`the violation's status ("${message}")`, status, "fail");
  if (unit.shape !== "row") return;
  holds("a row expectation's violation says which rows break it", rows !== undefined && rows.length > 0);
  same(
    "the rows reported",
    sample?.items.map(({ row }) => row),
    rows,
  );
  same("the rows counted", counts?.failed, rows?.length);
  if (!unit.quarantines) return;
  const run = await runOf(unit, table, { onFail: "quarantine" }, given);
  same("the status of a run that quarantines", run.status, "warn");
  const moved = (await run.quarantined.table()).getChild("_row")?.toArray() ?? [];
  same("the rows moved", Array.from(moved as BigInt64Array, Number), rows);
}

/** Each value of the example by turns, as a parameter that is given the value. */
function checkParameters(unit: AnyUnit): void {
  const { params } = unit.about.example;
  const written = suiteToJson(suiteOf(unit));
  const open = Object.keys(params).filter((name) => {
    const options = { [name]: { $param: name } };
    const said = refusal(unit, options);
    const isName = said instanceof ConfigError && said.message.includes("a column's name");
    holds(
      `${unit.type} with ${JSON.stringify(options)} throws ${String(said)}`,
      said === undefined || isName,
    );
    return !isName;
  });
  for (const name of open) {
    const suite = resolveParameters(suiteOf(unit, { [name]: { $param: name } }), params);
    same(`the example, given ${name}`, suiteToJson(suite), written);
  }
}

/** The laws of what a unit's author says of it, and of how it is made and stored. */
export function exampleLaws(unit: AnyUnit): Law[] {
  const { type } = unit;
  return [
    {
      name: `${type}: its example passes`,
      async check() {
        const run = await runOf(unit, exampleTable(unit));
        same(`its status ("${run.outcomes[0]!.message}")`, run.status, "pass");
      },
    },
    { name: `${type}: its violation fails, with exactly those rows`, check: () => checkViolation(unit) },
    {
      name: `${type}: it takes the options it says it honours, and no other`,
      async check() {
        for (const name of Object.keys(optionSchemas) as OptionName[]) {
          // A unit may have a parameter of that name, of its own meaning.
          if (unit.params.includes(name)) continue;
          const options = { [name]: SOME_VALUES[name] };
          if (!unit.options.includes(name)) refuses(unit, options, "config/unsupported-option");
          else same(`${type} with ${name}`, refusal(unit, options)?.toString(), undefined);
        }
        if (!unit.quarantines) refuses(unit, { onFail: "quarantine" }, "config/unsupported-option");
        refuses(unit, { onFial: "warn" }, "config/bad-value");
        refuses(unit, { onFail: "stop" }, "config/bad-value");
      },
    },
    {
      name: `${type}: it means the same once stored`,
      async check() {
        const suite = suiteOf(unit, { id: "x", meta: SOME_VALUES.meta });
        const text = JSON.stringify(suiteToJson(suite));
        const read = suiteFromJson(JSON.parse(text));
        same("the suite read back", suiteToJson(read), suiteToJson(suite));
        holds("what is read back is not frozen", Object.isFrozen(read.expectations[0]));
        for (const [table, options] of [
          [exampleTable(unit), givenTo(unit)],
          [violationTable(unit), givenTo(unit, "violation")],
        ] as const) {
          const [run, again] = [await validate(table, suite, options), await validate(table, read, options)];
          same("the outcomes", again.outcomes, run.outcomes);
        }
      },
    },
    { name: `${type}: its values may be parameters`, check: async () => checkParameters(unit) },
    {
      name: `${type}: its outcome carries what its author said`,
      async check() {
        const { id, description, tags, meta } = SOME_VALUES;
        const outcome = await outcomeOf(unit, exampleTable(unit), { id, description, tags, meta });
        const carried = [outcome.id, outcome.description, outcome.tags, outcome.meta, outcome.type];
        same("id, description, tags, meta and type", carried, [id, description, tags, meta, type]);
      },
    },
  ];
}
