import * as z from "zod";
import type { ColumnRef } from "../../columns/columnUse.js";
import { ConfigError, type ErrorCode } from "../../errors/index.js";
import { asksGiven, type Predicate } from "../../predicates/predicate.js";
import { checkStored } from "./check.js";
import { type OptionName, optionSchemas } from "./options.js";
import { parametersOf } from "./parameter.js";
import { unitOf } from "./registry.js";
import { type BareRule, memberPredicate } from "./rowUnit.js";
import type { AnyUnit } from "./unit.js";

/** An expectation inside another one, in stored form. */
export interface Member {
  readonly type: string;
  readonly description?: string;
  readonly [key: string]: unknown;
}

/** What a member may say besides its parameters; what breaking it means is said by the whole. */
const MEMBER_OPTIONS: readonly OptionName[] = ["nulls", "nan", "missing", "when", "description"];

interface Problem {
  readonly code: ErrorCode;
  readonly message: string;
}

function optionProblem(unit: AnyUnit, raw: object): Problem | undefined {
  const refused = Object.keys(raw).filter(
    (key) => Object.hasOwn(optionSchemas, key) && !MEMBER_OPTIONS.includes(key as OptionName),
  );
  if (refused.length === 0) return undefined;
  const names = refused.map((key) => JSON.stringify(key)).join(", ");
  const message = `${unit.type} can't take ${names} inside another expectation; it takes ${MEMBER_OPTIONS.join(", ")}`;
  return { code: "config/unsupported-option", message };
}

function memberProblem(raw: Readonly<Record<string, unknown>>): Problem | undefined {
  if (typeof raw.type !== "string")
    return { code: "config/bad-value", message: "is no expectation: it has no type" };
  try {
    const unit = unitOf(raw.type);
    const problem = optionProblem(unit, raw);
    if (problem) return problem;
    const checked = checkStored(unit, raw);
    if (parametersOf(checked).length > 0) return undefined;
    const kind = unit.needs(checked).rule?.kind;
    if (kind === "local" || kind === "function") return undefined;
    const message = `${unit.type} can't be judged on a row by itself, so it can't be part of another expectation`;
    return { code: "config/bad-value", message };
  } catch (error) {
    if (error instanceof ConfigError) return { code: error.code, message: error.message };
    throw error;
  }
}

/**
 * The stored form of a member: a row rule of its own with `nulls`, `nan`, `missing`, `when` and `description` at most. A function, since
 * this module and the registry import each other: whichever of them a bundle puts first, it is there.
 */
export function memberSchema(): z.ZodType<Member> {
  return z.record(z.string(), z.unknown()).check((context) => {
    const problem = memberProblem(context.value);
    if (!problem) return;
    const { code, message } = problem;
    context.issues.push({ code: "custom", message, params: { code }, input: context.value });
  }) as unknown as z.ZodType<Member>;
}

/** What is true of a row that meets the member; unknown where the member isn't asked. */
export function memberTest(member: Member): Predicate {
  return memberPredicate(unitOf(member.type).needs(member).rule!);
}

/** A rule made of members. */
export function ruleOf(test: Predicate): BareRule {
  return { kind: asksGiven(test) ? "function" : "local", test };
}

/** What a member says must hold: its description, else its claim. */
export function memberClaim(member: Member): string {
  const said = member.description ?? unitOf(member.type).claim(member);
  return member.when === undefined ? said : `${said} (where its condition holds)`;
}

/** The columns of members, without repeats. */
export function memberColumns(members: readonly Member[]): ColumnRef[] {
  const all = members.flatMap((member) => unitOf(member.type).columns(member));
  return [...new Map(all.map((ref) => [JSON.stringify(ref), ref])).values()];
}
