// A new tip, whole: its keys, its code, its first part, its wrappings.
//
// What is said inside the seals, in one place:
// - the first part, kind "tip": `told`, JSON of {kind, matter, urgent, text, where: {area, name, exact}, when, how, persons,
//   desk, language}. kind: "tip", "place" (a broken or dangerous place) or "feedback"; matter: a code of Matter, "" for
//   feedback; urgent: true when it happens now or is about to; where.area: code of the commune or province, where.name: its
//   name; text, exact, when, how, persons: the reporter's words, "" when not said; desk: id of the desk that was chosen;
//   language: "vi" or "en". The head of the part has `files`: how many will follow.
// - kind "message", both ways: JSON of {text}.
// - kind "file", both ways: the file's bytes; the head has `name` and `type`. Photos come without what a camera adds.
// - the identity, sealed to custodians: JSON of {name, contact}.
import { framed, hex, random, utf8 } from "./bytes.js";
import { newIdentity, open, recipientOf, seal, sealForPairs } from "./age.js";
import { derived, newCode } from "./code.js";
import { START, receipt, sealPart } from "./part.js";
import { newSigner, publicOf } from "./signing.js";

const WRAPPING = 2048; // bytes inside the desk's wrapping, whatever its heading
const IDENTITY = 4096;

export function uuid() {
  const bytes = random(16);
  bytes[6] = (bytes[6] & 15) | 64;
  bytes[8] = (bytes[8] & 63) | 128;
  return hex(bytes).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

export function padded(said, size) {
  const bytes = utf8(JSON.stringify(said));
  if (bytes.length > size) throw new RangeError(`more than ${size} bytes`);
  const whole = new Uint8Array(size).fill(32);
  whole.set(bytes);
  return whole;
}

export const unpadded = (bytes) => JSON.parse(new TextDecoder().decode(bytes));

// As much of the beginning of a text as an inbox line needs.
function beginning(words, limit = 600) {
  let said = words.trim().replace(/\s+/gu, " ").slice(0, limit);
  while (utf8(said).length > limit) said = said.slice(0, -8);
  return said;
}

// told: {text, matter, urgent, kind, …} the reporter's own words, as an object; name: what identifies them, or null.
// list: a checked list of the desk. Returns what is posted, what is shown and what a page keeps while it is open.
export async function newTip({ told, name = null, files = 0, list, root, challenge = null, words = newCode(), id = uuid() }) {
  const identity = await newIdentity();
  const recipient = await recipientOf(identity);
  const signer = newSigner();
  const code = await derived(words, root);
  const first = await sealPart(
    { tip: id, direction: "reporter", kind: "tip", before: START, seen: START, more: { files, desk: list.desk, list: list.version } },
    utf8(JSON.stringify(told)),
    { recipient, signer },
  );
  const heading = { matter: told.matter ?? "", kind: told.kind ?? "", urgent: Boolean(told.urgent), text: beginning(told.text ?? "") };
  const toDesk = await seal(padded({ identity, reporter: publicOf(signer), heading }, WRAPPING), [list.epoch.recipient]);
  const toCode = await seal(
    padded({ identity, signer, desk: list.desk, list: list.version }, WRAPPING),
    [await recipientOf(code.identity)],
  );
  const named = name ? await sealForPairs(padded(name, IDENTITY), list.custodians, { bothWays: true }) : [];
  const head = {
    ...{ tip: id, desk: list.desk, epoch: list.epoch.number, lookup: code.lookup, rung: first.rung },
    ...{ named: named.map(({ inner, outer }) => [inner, outer]), challenge },
  };
  return {
    ...{ id, words, lookup: code.lookup, identity, signer, recipient },
    ...{ last: { number: first.number, digest: first.digest }, receipt: receipt([first.digest]) },
    posted: framed(head, [toDesk, toCode, first.sealed, ...named.map(({ file }) => file)]),
  };
}

// What the code opens: the tip's own keys again.
export async function keysFromCode(wrapping, code) {
  const keys = unpadded(await open(wrapping, code.identity));
  return { ...keys, recipient: await recipientOf(keys.identity) };
}

// New words in place of those that an officer handed over: {words, lookup, posted}. `keys` as the old code opened them.
export async function newWords(keys, lookup, root, words = newCode()) {
  const code = await derived(words, root);
  const { recipient: _, ...kept } = keys;
  const sealed = await seal(padded(kept, WRAPPING), [await recipientOf(code.identity)]);
  return { words, lookup: code.lookup, posted: framed({ lookup, new: code.lookup }, [sealed]) };
}
