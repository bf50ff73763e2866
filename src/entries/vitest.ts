/**
 * Importing this registers `await expect(table).toMeet(suite, options?)` with vitest; `toMeet` is the matcher behind it.
 */
// By name: the package says that its modules have no side effects, so a bare import would be left out of the build.
export { type ToMeet, toMeet } from "../testing/vitest.js";
