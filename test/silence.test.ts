import { expect, it, onTestFinished, vi } from "vitest";

const { console: printer } = globalThis;

it.fails("fails when something was written to the console", () => {
  printer.log("noise");
});

it("lets a test listen to the console itself", () => {
  const log = vi.spyOn(printer, "log").mockImplementation(() => {});
  onTestFinished(() => log.mockRestore());
  printer.log("heard by the test alone");
  expect(log).toHaveBeenCalledOnce();
});
