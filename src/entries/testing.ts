/** Tables and laws for tests: plain data as Arrow, arbitrary tables for fast-check, and what every expectation keeps. */
export * from "../testing/index.js";
