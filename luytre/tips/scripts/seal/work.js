// A puzzle for the machine, none for the person: find a number whose hash begins with so many zero bits.
import { sha256 } from "@noble/hashes/sha2.js";
import { utf8 } from "./bytes.js";

export function zeroBits(bytes) {
  let bits = 0;
  for (const one of bytes) {
    if (one) return bits + Math.clz32(one) - 24;
    bits += 8;
  }
  return bits;
}

export const isSolved = (challenge, tip, nonce, bits) => zeroBits(sha256(utf8(`${challenge}.${tip}.${nonce}`))) >= bits;

export async function solved(challenge, tip, bits, { rest = 4000 } = {}) {
  for (let nonce = 0; ; nonce++) {
    if (isSolved(challenge, tip, nonce, bits)) return nonce;
    if (nonce % rest === rest - 1) await new Promise((next) => setTimeout(next));
  }
}
