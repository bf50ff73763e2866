import { resolve } from "node:path";

/** A stream that text is written to. */
export interface Output {
  write(text: string): unknown;
  /** The width of the terminal, where it is one. */
  readonly columns?: number;
}

/** What a command sees of the process it runs in. */
export interface Surroundings {
  readonly stdout: Output;
  readonly stderr: Output;
  readonly cwd: string;
  /** Which of the streams a person is looking at. */
  readonly isTTY: { readonly stdout: boolean; readonly stderr: boolean };
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** A path or an address as it was typed, made absolute only where the process is elsewhere. */
export function located(typed: string, { cwd }: Surroundings): string {
  const isAddress = /^(?:[a-z][a-z0-9+.-]+:\/\/|file:)/i.test(typed);
  return isAddress || cwd === process.cwd() ? typed : resolve(cwd, typed);
}

/** Whether stdout takes colours: a terminal that knows them, unless `--no-color` or NO_COLOR is given. */
export function takesColor({ isTTY, env }: Surroundings, refused: boolean): boolean {
  // Set to nothing, NO_COLOR says nothing: https://no-color.org
  return isTTY.stdout && !refused && !env.NO_COLOR && env.TERM !== "dumb";
}

const WIDEST = 140;
const USUAL = 100;

/** Columns to write in: the terminal's, up to what is still read as a line. */
export function widthOfOutput({ stdout, isTTY }: Surroundings): number {
  return isTTY.stdout && stdout.columns ? Math.min(stdout.columns, WIDEST) : USUAL;
}
