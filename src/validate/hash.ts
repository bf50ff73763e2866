import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, randomBytes, utf8ToBytes } from "@noble/hashes/utils.js";
import { canonicalJson } from "../plan/request.js";

/** SHA-256 of a JSON value, hex, the same for any order of its keys. */
export function hashJson(value: unknown): string {
  return bytesToHex(sha256(utf8ToBytes(canonicalJson(value))));
}

/** Makes HMAC-SHA-256 of texts under a key; without one, under a key made for this run only. */
export function keyedHash(key: string | Uint8Array | undefined): (text: string) => string {
  const secret = key === undefined ? randomBytes(32) : typeof key === "string" ? utf8ToBytes(key) : key;
  return (text) => `hmac-sha256:${bytesToHex(hmac(sha256, secret, utf8ToBytes(text)))}`;
}
