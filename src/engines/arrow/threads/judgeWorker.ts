import { parentPort } from "node:worker_threads";
import { VeritableError } from "../../../errors/index.js";
import { type Answer, DONE, type Order } from "./orders.js";
import { Share } from "./share.js";

/** This thread's share of the run it works for; orders are carried out one after the other. */
let share: Promise<Share> | undefined;

function problemOf(error: unknown): Answer {
  const problem = error instanceof Error ? error.message : String(error);
  return { problem, code: error instanceof VeritableError ? error.code : undefined };
}

async function carryOut(order: Order, before: Promise<Share> | undefined): Promise<Share> {
  if (order.order === "begin") {
    before?.then((last) => last.close()).catch(() => {});
    return Share.begin(order);
  }
  const current = await before!;
  if (order.order === "end") {
    await current.close();
    parentPort!.postMessage({ findings: current.findings } satisfies Answer);
    return current;
  }
  await current.judge(order);
  Atomics.add(current.progress, DONE, order.rows);
  return current;
}

parentPort!.on("message", (order: Order) => {
  share = carryOut(order, share);
  // What went wrong is told when the run ends; until then nobody waits for it.
  share.catch((error) => {
    if (order.order === "end") parentPort!.postMessage(problemOf(error));
  });
});
