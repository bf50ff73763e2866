/** Packages bundled into the command, which is loaded anew each time and starts faster out of few files. */
export const IN_THE_COMMAND = [
  "apache-arrow",
  "flatbuffers",
  "tslib",
  "zod",
  "picocolors",
  "@noble/hashes",
  "validator",
];

/** Packages without a CommonJS form, bundled into ours: jest and bundlers can't require them. */
export const IN_COMMONJS = ["@noble/hashes", "zstddec"];
