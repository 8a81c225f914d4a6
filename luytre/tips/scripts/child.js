// The same seals beside the server, for the page without scripts, the ceremony and the sample: one question a line of
// JSON on standard input, one answer a line on standard output. Nothing is kept between two questions and no file is
// touched; bytes are spelled in base64.
import { createInterface } from "node:readline";
import * as age from "./seal/age.js";
import { base64, fromBase64, unframed } from "./seal/bytes.js";
import { checked } from "./seal/chain.js";
import { derived, newCode, parsed } from "./seal/code.js";
import * as desk from "./seal/desk.js";
import { acknowledged, openPart, ordered, sealPart } from "./seal/part.js";
import { speakersOf } from "./seal/speakers.js";
import { fingerprint, newSigner, publicOf, signed, verified } from "./seal/signing.js";
import { keysFromCode, newTip, newWords, padded, unpadded } from "./seal/tip.js";
import { solved } from "./seal/work.js";

const spelled = (value) =>
  value instanceof Uint8Array
    ? { base64: base64(value) }
    : Array.isArray(value)
      ? value.map(spelled)
      : value && typeof value === "object"
        ? Object.fromEntries(Object.entries(value).map(([name, one]) => [name, spelled(one)]))
        : value;
const read = (value) =>
  Array.isArray(value)
    ? value.map(read)
    : value && typeof value === "object"
      ? typeof value.base64 === "string"
        ? fromBase64(value.base64)
        : Object.fromEntries(Object.entries(value).map(([name, one]) => [name, read(one)]))
      : value;

const ASKED = {
  // the page without scripts
  async tip({ chain, root, desk: wanted, told, name, files, challenge, bits, id, words }) {
    const list = checked(chain, { root, desk: wanted });
    const tip = await newTip({ told, name, files, list, root, id, words });
    if (challenge) {
      const nonce = await solved(challenge, tip.id, bits, { rest: 1e9 });
      const { head, pieces } = unframed(tip.posted);
      return { ...tip, head: { ...head, challenge: { challenge, nonce } }, pieces };
    }
    return { ...tip, ...unframed(tip.posted) };
  },
  async code({ typed, root }) {
    return derived(parsed(typed), root);
  },
  async keys({ wrapping, code }) {
    return keysFromCode(wrapping, code);
  },
  async newWords({ keys, lookup, root, words }) {
    const made = await newWords(keys, lookup, root, words && parsed(words));
    return { ...made, ...unframed(made.posted) };
  },
  async part({ about, body, recipient, signer }) {
    return sealPart(about, body, { recipient, signer });
  },
  async read({ sealed, identity }) {
    const { head, body, digest } = await openPart(sealed, identity);
    return { head, body, digest };
  },
  chain: ({ chain, root, desk: wanted, now, atLeast }) => checked(chain, { root, desk: wanted, now, atLeast }),
  order({ parts, tip, direction, speakers = [], lists = [], ways = {}, onlyLast }) {
    const ofDesks = speakersOf(lists, ways);
    return ordered(parts, { tip, direction, isSpeaker: (key, digest) => speakers.includes(key) || ofDesks(key, digest), onlyLast });
  },
  seen: ({ theirs, ours }) => acknowledged(theirs, ours),
  // ceremony, desks
  signer: () => {
    const secret = newSigner();
    return { secret, key: publicOf(secret), fingerprint: fingerprint(publicOf(secret)) };
  },
  key: ({ secret }) => ({ key: publicOf(secret), fingerprint: fingerprint(publicOf(secret)) }),
  identity: async () => {
    const secret = await age.newIdentity();
    return { secret, recipient: await age.recipientOf(secret) };
  },
  recipient: ({ identity }) => age.recipientOf(identity),
  words: () => newCode(),
  sign: ({ kind, said, secret }) => signed(kind, said, secret),
  verify: ({ kind, statement, key }) => verified(kind, statement, key),
  lock: ({ bytes, words, work }) => age.lock(bytes, words, work),
  unlock: ({ file, words }) => age.unlock(file, words),
  seal: ({ bytes, recipients }) => age.seal(bytes, recipients),
  open: ({ file, identity }) => age.open(file, identity),
  pad: ({ said, size }) => padded(said, size),
  unpad: ({ bytes }) => unpadded(bytes),
  officer: () => desk.newOfficer(),
  epoch: (asked) => desk.newEpoch(asked),
  next: ({ last, change, now }) => desk.nextList(last, change, { now }),
  sealEpoch: ({ number, identity, recipient }) => desk.sealEpoch(number, identity, recipient),
  openEpoch: ({ file, identity }) => desk.openEpoch(file, identity),
};

for await (const line of createInterface({ input: process.stdin })) {
  if (!line) continue;
  let answer;
  try {
    const { ask, ...asked } = JSON.parse(line);
    answer = { answer: spelled((await ASKED[ask](read(asked))) ?? null) };
  } catch (error) {
    answer = { error: error.constructor.name, kind: error.kind ?? "", word: error.word ?? "", message: String(error.message) };
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
