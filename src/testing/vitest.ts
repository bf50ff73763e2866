import { expect } from "vitest";
import { renderTerminal } from "../report/terminal.js";
import type { Suite } from "../suite/suite.js";
import type { SourceInput } from "../validate/openSource.js";
import type { ValidateOptions } from "../validate/options.js";
import { validate } from "../validate/validate.js";

/** What `expect(table)` has where `table` can be validated. */
export type ToMeet = (suite: Suite, options?: ValidateOptions) => Promise<void>;

declare module "vitest" {
  interface Matchers<T> {
    /**
     * The table meets the suite: the run's status is `pass` or `warn`. Takes what `validate` takes; a run that could
     * not be evaluated fails this matcher and its negation alike. The message of a failure is the run's report.
     *
     * @example await expect(table).toMeet(orders)
     */
    toMeet: T extends SourceInput ? ToMeet : never;
  }
}

/** What became of a run, as a matcher says it. */
export interface Verdict {
  readonly pass: boolean;
  readonly message: () => string;
}

/** Why an assertion failed, and the report of the run behind it. */
function failure(suite: Suite, why: string, report: string): () => string {
  return () => `suite ${JSON.stringify(suite.name)}: ${why}\n\n${report}`;
}

/** The matcher: see `Matchers.toMeet`. */
export async function toMeet(
  this: { readonly isNot: boolean },
  received: SourceInput,
  suite: Suite,
  options: ValidateOptions = {},
): Promise<Verdict> {
  const run = await validate(received, suite, options);
  const report = renderTerminal(run.toJSON(), { color: false });
  await run.close();
  switch (run.status) {
    case "error":
      // What could not be evaluated is known to be neither met nor broken.
      return {
        pass: this.isNot,
        message: failure(
          suite,
          "the table could not be evaluated, which no assertion takes for an answer",
          report,
        ),
      };
    case "fail":
      return {
        pass: false,
        message: failure(suite, "expected the table to meet it, and it doesn't", report),
      };
    default:
      return {
        pass: true,
        message: failure(suite, `expected the table not to meet it, and it does (${run.status})`, report),
      };
  }
}

expect.extend({ toMeet });
