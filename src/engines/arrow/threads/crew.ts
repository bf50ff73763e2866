import type { Findings } from "../findings.js";
import { CrewMember } from "./crewMember.js";
import { JudgeThread } from "./judgeThread.js";
import type { Begin } from "./orders.js";

/** Threads that help the one that runs a run. */
export class Crew {
  readonly #members: readonly CrewMember[];

  private constructor(members: readonly CrewMember[]) {
    this.#members = members;
  }

  /** So many threads, which come while others work; undefined where their program isn't to be found. */
  static async call(threads: number, begin: Omit<Begin, "progress" | "order">): Promise<Crew | undefined> {
    const lent = await Promise.all(Array.from({ length: threads }, () => JudgeThread.lend()));
    const here = lent.filter((thread) => thread !== undefined);
    return here.length === 0 ? undefined : new Crew(here.map((thread) => new CrewMember(thread, begin)));
  }

  /** The least busy thread, if it is there and has not much left to do. */
  get willing(): CrewMember | undefined {
    const willing = this.#members.filter(({ isWilling }) => isWilling);
    return willing.sort((a, b) => a.open - b.open)[0];
  }

  get size(): number {
    return this.#members.length;
  }

  /** Waits for the threads: what they found. Throws what one of them failed with. */
  async end(): Promise<Findings[]> {
    const found = await Promise.all(this.#members.map((member) => member.end()));
    return found.filter((findings) => findings !== undefined);
  }

  /** Lets the threads go, after an error too. */
  leave(): void {
    for (const member of this.#members) member.leave();
  }
}
