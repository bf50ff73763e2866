import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { canonicalJson } from "../plan/request.js";
import type { Profile } from "./profile.js";

/** SHA-256 of a profile's content, whatever the order of its keys. */
export function contentHash(content: Omit<Profile, "hash">): string {
  return `sha256:${bytesToHex(sha256(utf8ToBytes(canonicalJson({ ...content, hash: undefined }))))}`;
}

/** A profile with the hash of its content, by which an edit shows. */
export function seal(content: Omit<Profile, "hash">): Profile {
  return { ...content, hash: contentHash(content) };
}
