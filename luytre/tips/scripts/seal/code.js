// The reporter's code: ten words of 512, ninety bits: eighty-four secret, six to notice a slip.
import { argon2idAsync } from "@noble/hashes/argon2.js";
import { hkdf } from "@noble/hashes/hkdf.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { hex, random, utf8 } from "./bytes.js";
import { identityOf } from "./age.js";
import { WORDS } from "./words.js";

export const COUNT = 10;
const BITS = 9n;
const CHECK = 6n;
const COST = { t: 2, m: 19456, p: 1, dkLen: 32 };

export class WrongWords extends Error {
  constructor(kind, word = "") {
    super(kind);
    this.kind = kind; // "count", "unknown" or "slip"
    this.word = word;
  }
}

// Without marks, case or anything between: what a person types on any keyboard.
export const plain = (word) =>
  word.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase();

const PLACES = new Map(WORDS.map((word, place) => [plain(word), place]));

const checkOf = (secret) => BigInt(sha256(utf8(`luytre code ${secret.toString(16)}`))[0] >> 2);

function wordsOf(secret) {
  let number = (secret << CHECK) | checkOf(secret);
  const words = [];
  for (let left = 0; left < COUNT; left++) {
    words.unshift(WORDS[Number(number & 511n)]);
    number >>= BITS;
  }
  return words;
}

export function newCode() {
  const secret = BigInt(`0x${hex(random(11))}`) & ((1n << 84n) - 1n);
  return wordsOf(secret);
}

// What was typed, as the words of the list; says which word is wrong.
export function parsed(typed) {
  const typedWords = typed.trim().split(/[\s,.;:/+-]+/u).filter(Boolean);
  const unknown = typedWords.find((word) => !PLACES.has(plain(word)));
  if (unknown) throw new WrongWords("unknown", unknown);
  if (typedWords.length !== COUNT) throw new WrongWords("count", String(typedWords.length));
  const number = typedWords.reduce((sum, word) => (sum << BITS) | BigInt(PLACES.get(plain(word))), 0n);
  const secret = number >> CHECK;
  if ((number & ((1n << CHECK) - 1n)) !== checkOf(secret)) throw new WrongWords("slip");
  return wordsOf(secret);
}

// {lookup: 64 hexadecimal digits told to the server, identity: opens what was sealed to the code}
export async function derived(words, root) {
  const salt = sha256(utf8(`luytre tip code ${root}`));
  const key = await argon2idAsync(utf8(words.map(plain).join(" ")), salt, COST);
  const part = (label) => hkdf(sha256, key, salt, utf8(label), 32);
  return { lookup: hex(part("luytre tips look-up")), identity: identityOf(part("luytre tips key")) };
}
