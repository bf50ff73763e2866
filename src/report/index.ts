export { renderJUnit } from "./junit.js";
export { renderMarkdown } from "./markdown.js";
export { renderTerminal, type TerminalOptions } from "./terminal.js";
