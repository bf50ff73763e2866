import type { Server } from "node:http";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findChromium, launch, serve } from "./chromium.js";
import * as here from "./page.js";

const executable = findChromium();
if (!executable)
  process.stderr.write("test/browser: skipped, no Chromium is installed (set CHROMIUM_PATH)\n");

// Skipped without a browser: there is no other way to tell that one can run it.
describe.skipIf(!executable)("in Chromium", () => {
  let browser: Browser;
  let server: Server;
  let page: Page;
  const errors: string[] = [];

  beforeAll(async () => {
    const served = await serve("test/browser/page.ts");
    server = served.server;
    browser = await launch(executable!);
    page = await browser.newPage();
    page.on("pageerror", (error) => errors.push(String(error)));
    page.on("console", (message) => errors.push(message.text()));
    await page.goto(served.url);
  });

  afterAll(async () => {
    await browser?.close();
    server?.close();
  });

  // As text: what is written as a function would be rewritten for the test runner on its way.
  const inPage = (name: keyof typeof here) => page.evaluate(`import("/entry.js").then((it) => it.${name}())`);

  it("comes to the same verdict as in Node", async () => {
    const verdicts = await here.verdicts();
    expect(verdicts.map(({ status }) => status)).toEqual(["fail", "warn"]);
    expect(verdicts[0]!.quarantined).toHaveLength(2);
    expect(await inPage("verdicts")).toEqual(verdicts);
  });

  it("refuses a path with an error of its own", async () => {
    expect(await inPage("pathRefusal")).toMatch(/^ConfigError config\/bad-value: a browser has no files/);
  });

  it("prints nothing and leaves no error behind", () => {
    expect(errors).toEqual([]);
  });
});
