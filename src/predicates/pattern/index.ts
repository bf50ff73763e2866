export { compilePattern, type Pattern, type RegExpData } from "./compilePattern.js";
export { LONGEST_PATTERN } from "./limits.js";
export { type LikeOptions, translateLike } from "./translateLike.js";
export { type PythonOptions, translatePython } from "./translatePython.js";
export { translateRegExp } from "./translateRegExp.js";
