/** The statistics behind drift, usable alone. */
export * from "../stats/index.js";
