import type { ColumnAddress } from "../columns/address.js";
import type { Block } from "../columns/block.js";
import {
  type BoundPredicate,
  CAN_BE_FALSE,
  CAN_BE_TRUE,
  CAN_BE_UNKNOWN,
  type CheapEvidence,
  type Decision,
  FALSE,
  TRUE,
  UNKNOWN,
  withScratch,
} from "./truth.js";

const VALUES = [FALSE, TRUE, UNKNOWN] as const;
const BITS = [CAN_BE_FALSE, CAN_BE_TRUE, CAN_BE_UNKNOWN] as const;

/** Kleene's tables, indexed by 3 x left + right. */
const AND = Uint8Array.of(FALSE, FALSE, FALSE, FALSE, TRUE, UNKNOWN, FALSE, UNKNOWN, UNKNOWN);
const OR = Uint8Array.of(FALSE, TRUE, UNKNOWN, TRUE, TRUE, TRUE, UNKNOWN, TRUE, UNKNOWN);
/** Left is the guard: unless it is true, the result is unknown. */
const GUARD = Uint8Array.of(UNKNOWN, UNKNOWN, UNKNOWN, FALSE, TRUE, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN);
const NOT = Uint8Array.of(TRUE, FALSE, UNKNOWN);

function union(parts: readonly BoundPredicate[]): ColumnAddress[] {
  return [...new Set(parts.flatMap((part) => part.columns))];
}

/** An unknown count survives a combination only when the rows it counts can't overlap with others: when it is 0. */
function settled(can: number, by: Decision["by"]): Decision {
  return { can, unknown: (can & CAN_BE_UNKNOWN) === 0 ? 0 : undefined, by };
}

function combinePossible(table: Uint8Array, left: number, right: number): number {
  let can = 0;
  for (const a of VALUES) {
    if ((left & BITS[a]) === 0) continue;
    for (const b of VALUES) if (right & BITS[b]) can |= BITS[table[3 * a + b] as 0 | 1 | 2];
  }
  return can;
}

function strongest(decisions: readonly Decision[]): Decision["by"] {
  const steps = new Set(decisions.map(({ by }) => by));
  return steps.has("dictionary") ? "dictionary" : steps.has("summary") ? "summary" : "metadata";
}

function fold(table: Uint8Array, parts: readonly BoundPredicate[]): BoundPredicate {
  const [first, ...rest] = parts as [BoundPredicate, ...BoundPredicate[]];
  if (rest.length === 0) return first;
  return {
    columns: union(parts),
    decide(evidence: CheapEvidence): Decision {
      const decisions = parts.map((part) => part.decide(evidence));
      const can = decisions.map((decision) => decision.can).reduce((a, b) => combinePossible(table, a, b));
      return settled(can, strongest(decisions));
    },
    test(block: Block, out: Uint8Array, asked?: Uint8Array): void {
      first.test(block, out, asked);
      withScratch(block.count, (scratch) => {
        for (const part of rest) {
          part.test(block, scratch, asked);
          for (let i = 0; i < block.count; i++) out[i] = table[3 * out[i]! + scratch[i]!]!;
        }
      });
    },
    reason(block, i) {
      const reasons = parts.map((part) => part.reason?.(block, i)).filter((reason) => reason !== undefined);
      return reasons.length > 0 ? reasons.join("; ") : undefined;
    },
  };
}

function map(table: Uint8Array, part: BoundPredicate, unknownStays: boolean): BoundPredicate {
  return {
    columns: part.columns,
    decide(evidence: CheapEvidence): Decision {
      const inner = part.decide(evidence);
      let can = 0;
      for (const a of VALUES) if (inner.can & BITS[a]) can |= BITS[table[a] as 0 | 1 | 2];
      return { can, unknown: unknownStays ? inner.unknown : 0, by: inner.by };
    },
    test(block: Block, out: Uint8Array, asked?: Uint8Array): void {
      part.test(block, out, asked);
      for (let i = 0; i < block.count; i++) out[i] = table[out[i]!]!;
    },
    ...(part.reason ? { reason: part.reason.bind(part) } : {}),
  };
}

/** True where all parts are; of no parts, true everywhere is not allowed: give at least one. */
export const and = (parts: readonly BoundPredicate[]): BoundPredicate => fold(AND, parts);

/** True where some part is. */
export const or = (parts: readonly BoundPredicate[]): BoundPredicate => fold(OR, parts);

/** `of` where `when` is true, unknown elsewhere; `of` isn't asked there. */
export function guard(when: BoundPredicate, of: BoundPredicate): BoundPredicate {
  return {
    ...fold(GUARD, [when, of]),
    test(block: Block, out: Uint8Array, asked?: Uint8Array): void {
      const { count } = block;
      when.test(block, out, asked);
      withScratch(count, (wanted) => {
        for (let i = 0; i < count; i++) wanted[i] = out[i] === TRUE && asked?.[i] !== 0 ? 1 : 0;
        withScratch(count, (truth) => {
          of.test(block, truth, wanted);
          for (let i = 0; i < count; i++) out[i] = wanted[i] === 1 ? truth[i]! : UNKNOWN;
        });
      });
    },
  };
}

/** True and false swapped. */
export const not = (part: BoundPredicate): BoundPredicate => map(NOT, part, true);

/** Unknown read as `as`. */
export const known = (part: BoundPredicate, as: boolean): BoundPredicate =>
  map(Uint8Array.of(FALSE, TRUE, as ? TRUE : FALSE), part, false);
