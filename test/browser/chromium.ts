import { accessSync, constants } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { basename } from "node:path";
import { type Browser, chromium } from "playwright-core";
import { bundle } from "./bundle.js";

const PLACES = [
  process.env.CHROMIUM_PATH,
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
];

// No sandbox, because builds run as root in containers; the rest keeps the browser from calling home.
const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

// With an icon, or the browser asks for one.
const PAGE = '<!doctype html><title>veritable</title><link rel="icon" href="data:,">';

/** The path of a Chromium on this machine, if there is one. */
export function findChromium(): string | undefined {
  return PLACES.find((place) => {
    if (!place) return false;
    try {
      accessSync(place, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

export function launch(executablePath: string): Promise<Browser> {
  return chromium.launch({ executablePath, headless: true, args: FLAGS });
}

/** Serves an empty page and a bundled entry, as `/entry.js`, on this machine alone. */
export async function serve(entry: string): Promise<{ server: Server; url: string }> {
  const { outputFiles } = await bundle(entry);
  const files = new Map(outputFiles.map(({ path, contents }) => [`/${basename(path)}`, contents]));
  const server = createServer(({ url = "/" }, response) => {
    const file = files.get(url);
    if (file) response.setHeader("content-type", "text/javascript").end(file);
    else if (url === "/") response.setHeader("content-type", "text/html").end(PAGE);
    else response.writeHead(404).end();
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` };
}
