import { hashBytes } from "../columns/byteTable.js";
import type { Membership } from "./profile.js";

/** Levels up to which each has its hash; beyond, a Bloom filter of this many bits and probes. */
export const MOST_HASHES = 10_000;
const BITS = 2 ** 18;
const PROBES = 4;

const encoder = new TextEncoder();

/** The 32-bit hash a level is known by. */
export function levelHash(level: string): number {
  const bytes = encoder.encode(level);
  return hashBytes(bytes, 0, bytes.length) >>> 0;
}

/** The places of a hash in the filter: multiples of an odd step, after Kirsch and Mitzenmacher (2008). */
function* probes(hash: number): Generator<number> {
  const step = Math.imul(hash ^ (hash >>> 16), 0x9e3779b1) | 1;
  for (let k = 0; k < PROBES; k++) yield (hash + Math.imul(k, step)) & (BITS - 1);
}

function bytesOf(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
}

function base64Of(bytes: Uint8Array): string {
  let text = "";
  for (let i = 0; i < bytes.length; i += 4096) text += String.fromCharCode(...bytes.subarray(i, i + 4096));
  return btoa(text);
}

function sortedDistinct(hashes: Iterable<number>): number[] {
  return [...new Set(hashes)].sort((a, b) => a - b);
}

function filterOf(hashes: Iterable<number>, bits = new Uint8Array(BITS / 8)): Uint8Array {
  for (const hash of hashes) for (const bit of probes(hash)) bits[bit >> 3]! |= 1 << (bit & 7);
  return bits;
}

/** A membership structure of levels by their hashes. */
export function membershipOf(hashes: Iterable<number>): Membership {
  const sorted = sortedDistinct(hashes);
  if (sorted.length <= MOST_HASHES) return { kind: "hashes", hashes: sorted };
  return { kind: "bloom", bits: base64Of(filterOf(sorted)) };
}

/** Both sets of levels together. */
export function mergeMemberships(a: Membership, b: Membership): Membership {
  if (a.kind === "hashes" && b.kind === "hashes") return membershipOf([...a.hashes, ...b.hashes]);
  const bits = new Uint8Array(BITS / 8);
  for (const one of [a, b]) {
    if (one.kind === "hashes") filterOf(one.hashes, bits);
    else for (const [i, byte] of bytesOf(one.bits).entries()) bits[i]! |= byte;
  }
  return { kind: "bloom", bits: base64Of(bits) };
}

/** A test of membership, and the chance that a level which isn't a member passes it. */
export interface MemberTest {
  readonly has: (level: string) => boolean;
  readonly falsePositive: number;
}

/** Reads a membership structure: it never says no to a member. */
export function memberTest(membership: Membership): MemberTest {
  if (membership.kind === "hashes") {
    const known = new Set(membership.hashes);
    return { has: (level) => known.has(levelHash(level)), falsePositive: known.size / 2 ** 32 };
  }
  const bits = bytesOf(membership.bits);
  const has = (level: string): boolean => {
    for (const bit of probes(levelHash(level))) if (((bits[bit >> 3]! >> (bit & 7)) & 1) === 0) return false;
    return true;
  };
  return { has, falsePositive: fillOf(bits) ** PROBES };
}

function fillOf(bits: Uint8Array): number {
  let ones = 0;
  for (const byte of bits) for (let rest = byte; rest > 0; rest &= rest - 1) ones++;
  return ones / BITS;
}

/** The number of levels a structure holds: exact up to collisions, or what its filling tells (Swamidass and Baldi 2007). */
export function sizeOf(membership: Membership): number {
  if (membership.kind === "hashes") return membership.hashes.length;
  const fill = Math.min(fillOf(bytesOf(membership.bits)), 1 - 1 / BITS);
  return Math.round((-BITS / PROBES) * Math.log1p(-fill));
}

/** True for bits of the length that filters have. */
export function isFilter(base64: string): boolean {
  return /^[A-Za-z0-9+/]*={0,2}$/.test(base64) && base64.length === Math.ceil(BITS / 8 / 3) * 4;
}
