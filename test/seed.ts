import fc from "fast-check";

// A failure that comes and goes teaches people to run the tests again. Every run draws the same cases; a number in
// FAST_CHECK_SEED draws others, and "random" draws new ones each time.
const asked = process.env.FAST_CHECK_SEED ?? "20260101";

if (asked !== "random") {
  const seed = Number(asked);
  if (!Number.isInteger(seed)) throw new Error(`FAST_CHECK_SEED is an integer or "random", not ${asked}`);
  fc.configureGlobal({ ...fc.readConfigureGlobal(), seed });
}
