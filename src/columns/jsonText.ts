// Half of a pair of surrogates alone has no UTF-8.
const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;
const SPACE = 32;

function skipSpace(json: string, at: number): number {
  let next = at;
  while (json.charCodeAt(next) <= SPACE) next++;
  return next;
}

/** The end of the string that starts at `at`. */
function endOfString(json: string, at: number): number {
  for (let quote = json.indexOf('"', at + 1); ; quote = json.indexOf('"', quote + 1)) {
    let slashes = 0;
    while (json[quote - 1 - slashes] === "\\") slashes++;
    if (slashes % 2 === 0) return quote + 1;
  }
}

/** The end of the value that starts at `at`. */
function endOfValue(json: string, at: number): number {
  const first = json[at];
  if (first === '"') return endOfString(json, at);
  if (first !== "{" && first !== "[") {
    let end = at + 1;
    while (end < json.length && !" \t\n\r,]}".includes(json[end]!)) end++;
    return end;
  }
  let depth = 0;
  for (let i = at; ; i++) {
    const char = json[i];
    if (char === '"') i = endOfString(json, i) - 1;
    else if (char === "{" || char === "[") depth++;
    else if ((char === "}" || char === "]") && --depth === 0) return i + 1;
  }
}

/** The text of each item of an array. The JSON text must be valid, and an array. */
export function jsonItems(json: string): string[] {
  const items: string[] = [];
  for (let at = skipSpace(json, skipSpace(json, 0) + 1); json[at] !== "]"; ) {
    const end = endOfValue(json, at);
    items.push(json.slice(at, end));
    at = skipSpace(json, end);
    if (json[at] === ",") at = skipSpace(json, at + 1);
  }
  return items;
}

/** The name and the text of each member of an object, in order. The JSON text must be valid, and an object. */
export function jsonMembers(json: string, each: (name: string, value: string) => void): void {
  for (let at = skipSpace(json, skipSpace(json, 0) + 1); json[at] !== "}"; ) {
    const nameEnd = endOfString(json, at);
    const name = json.slice(at, nameEnd);
    const from = skipSpace(json, skipSpace(json, nameEnd) + 1);
    const end = endOfValue(json, from);
    each(name.includes("\\") ? (JSON.parse(name) as string) : name.slice(1, -1), json.slice(from, end));
    at = skipSpace(json, end);
    if (json[at] === ",") at = skipSpace(json, at + 1);
  }
}

/** True when the text is valid JSON. */
export function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/**
 * What a JSON value says as text: a string's content, else the value as it is written; null for null.
 * Undefined when it has no UTF-8. The JSON text must be valid.
 */
export function jsonScalar(json: string): string | null | undefined {
  if (json === "null") return null;
  if (json[0] !== '"') return json;
  if (!json.includes("\\")) return json.slice(1, -1);
  const text = JSON.parse(json) as string;
  return json.includes("\\u") && LONE_SURROGATE.test(text) ? undefined : text;
}
