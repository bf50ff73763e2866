import { type DriftAnswer, type DriftVector, driftCalls, numbers } from "./driftCalls.js";

/** Fields that say what another library prints, not what is true (README of the conformance folder). */
function isPrinted(test: string, field: string): boolean {
  return (test === "summary" || test === "categorical_distances") && /^(numpy|scipy)/.test(field);
}

/** The value a field must have: its correctly rounded twin where the vector has one. */
function target(vector: DriftVector, field: string): unknown {
  return vector.expected[`${field}Exact`] ?? vector.expected[field];
}

const asNumber = (value: unknown): unknown =>
  typeof value === "string" && /^(NaN|-?Infinity)$/.test(value) ? Number(value) : value;

function agrees(got: unknown, wanted: unknown, tol: DriftVector["tol"]): boolean {
  const want = asNumber(wanted);
  if (Array.isArray(want)) {
    return (
      Array.isArray(got) && got.length === want.length && want.every((item, i) => agrees(got[i], item, tol))
    );
  }
  // Undefined is a typed outcome with us: null, or the reason, but never a number.
  if (want === null || Number.isNaN(want)) return got === null || typeof got === "string";
  if (typeof want !== "number" || typeof got !== "number") return got === want;
  if (!Number.isFinite(want) || !Number.isFinite(got)) return got === want;
  return Math.abs(got - want) <= tol.abs + tol.rel * Math.abs(want);
}

/**
 * Whether the oracle's p-value is unsound for what it was given: scipy's exact Cramér-von Mises law takes no account
 * of ties, and can be 0 with them. Ours is exact with the ties kept; what must hold then is that it can't be 0.
 */
function ignoresTies(vector: DriftVector): boolean {
  const pooled = [...numbers(vector.reference), ...numbers(vector.current)];
  return (
    vector.test === "cramervonmises_2samp" &&
    vector.params.method === "exact" &&
    new Set(pooled).size < pooled.length
  );
}

/** Fields whose truth stands in another field: the energy distance in its exact square, as doubles go. */
const TOLD_BY: Readonly<Record<string, string>> = { energy: "energySquaredExact" };

/**
 * Whether a field is made from a number that the vector itself disproves: a quotient of scipy's Wasserstein distance
 * where that is not the exact one.
 */
function isDisproved({ expected, tol }: DriftVector, field: string): boolean {
  const { wasserstein, wassersteinExact } = expected;
  return (
    field === "wassersteinOverStd" &&
    wassersteinExact !== undefined &&
    !agrees(wasserstein, wassersteinExact, tol)
  );
}

/** Whether a field of a vector is one that ours must have: the `*Exact` twin of another is that other's target. */
function isTarget(vector: DriftVector, field: string): boolean {
  if (isPrinted(vector.test, field) || isDisproved(vector, field)) return false;
  if (vector.expected[TOLD_BY[field] ?? ""] !== undefined) return false;
  return !(field.endsWith("Exact") && field.slice(0, -5) in vector.expected);
}

/** What in our answer does not agree with a vector, one line each; nothing when all of it does. */
export function disagreements(vector: DriftVector): string[] {
  const call = driftCalls[vector.test];
  if (!call) return [`no call for the test ${vector.test}`];
  const answer: DriftAnswer = call(numbers(vector.reference), numbers(vector.current), vector.params);
  if ("error" in vector.expected) {
    const numeric = Object.entries(answer).filter(
      ([field, got]) => field !== "dof" && typeof got === "number",
    );
    return numeric.map(([field, got]) => `${field}: the oracle refuses, ours says ${got}`);
  }
  const fields = Object.keys(vector.expected).filter((field) => isTarget(vector, field));
  return fields.flatMap((field) => {
    const name = field.replace(/Exact$/, "");
    const got = answer[name];
    if (field === "pvalue" && ignoresTies(vector)) {
      return typeof got === "number" && got > 0 && got <= 1
        ? []
        : [`${field}: ours is ${got}, not in (0, 1]`];
    }
    const want = target(vector, field);
    return agrees(got, want, vector.tol)
      ? []
      : [`${field}: want ${JSON.stringify(want)}, got ${JSON.stringify(got)}`];
  });
}
