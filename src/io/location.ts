import { ConfigError } from "../errors/index.js";

/** Where a table is: a path of this machine, or an address to fetch. */
export type Location = { readonly path: string } | { readonly url: URL };

function refused(message: string, value: string): ConfigError {
  return new ConfigError("config/bad-value", message, { parameter: "source", value });
}

/** An address without what may be secret in it: user, password, query and fragment. */
export function shownUrl(url: URL): string {
  return `${url.origin}${url.pathname}`;
}

// Bundlers put an empty module in place of Node's, so that this has to be asked of the process.
const hasFiles = () => globalThis.process?.versions?.node !== undefined;

/**
 * Tells paths from addresses. `file:` becomes a path; what has another scheme before `://` is an address, and only
 * `http:` and `https:` are known, if `allowUrls` says so. Throws ConfigError, in a browser always.
 */
export async function locate(input: string | URL, allowUrls: boolean): Promise<Location> {
  if (!hasFiles()) {
    const shown = String(input).slice(0, 100);
    throw refused("a browser has no files to read or write; pass the table itself, or its batches", shown);
  }
  const isAddress = typeof input !== "string" || /^([a-z][a-z0-9+.-]+:\/\/|file:)/i.test(input);
  if (!isAddress) return { path: input };
  let url: URL;
  try {
    url = new URL(input);
  } catch {
    throw refused("the URL can't be parsed", String(input).slice(0, 100));
  }
  if (url.protocol === "file:") return { path: await pathOf(url) };
  if (url.protocol !== "http:" && url.protocol !== "https:") {
    throw refused(`${url.protocol} URLs aren't read; file:, http: and https: are`, url.protocol);
  }
  if (!allowUrls) {
    throw refused(`${shownUrl(url)} is on the network; allowUrls: true lets it be fetched`, shownUrl(url));
  }
  if (url.username !== "" || url.password !== "") {
    throw refused(`${shownUrl(url)} was given with a user or password, which aren't sent`, shownUrl(url));
  }
  return { url };
}

async function pathOf(url: URL): Promise<string> {
  const { fileURLToPath } = await import("node:url");
  try {
    return fileURLToPath(url);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw refused(`${url.href} is no path of this machine: ${reason}`, url.href);
  }
}
