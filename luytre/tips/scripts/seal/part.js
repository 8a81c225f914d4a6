// A part of a conversation: {tip, direction, number, hash of the previous part, kind, size}, signed, padded, sealed.
// Whoever reads checks all of it, so nothing can be forged, swapped, replayed, put in another order or left out.
import { digest, fromHex, hex, joined, number32, read32, text, utf8 } from "./bytes.js";
import { open, seal } from "./age.js";
import { Forged, isSigned, publicOf, signBytes } from "./signing.js";

// Bytes inside the seal. Nearly every text fits the first; a size says no more than the rung.
export const LADDER = [16, 64, 256, 1024, 4096, 12288, 24576].map((kilobytes) => kilobytes * 1024);
const SIGNATURE = 64;

export class TooLarge extends Error {}
export class Broken extends Error {}

export function rungFor(size) {
  const rung = LADDER.findIndex((limit) => size <= limit);
  if (rung < 0) throw new TooLarge(`more than ${LADDER.at(-1)} bytes`);
  return rung;
}

// before: {number, digest} of the last part in this direction, seen: the same of the other direction's.
export async function sealPart({ tip, direction, kind, before, seen, more = {} }, body, { recipient, signer }) {
  const head = {
    ...{ tip, direction, kind, ...more },
    ...{ number: before.number + 1, previous: before.digest, seen: [seen.number, seen.digest] },
    ...{ size: body.length, body: digest(body), by: publicOf(signer) },
  };
  const said = utf8(JSON.stringify(head));
  const whole = joined(number32(said.length), said, signBytes("part", said, signer), body);
  const padded = new Uint8Array(LADDER[rungFor(whole.length)]);
  padded.set(whole);
  const sealed = await seal(padded, [recipient]);
  return { sealed, rung: rungFor(whole.length), number: head.number, digest: digest(sealed), head };
}

export async function openPart(sealed, identity) {
  const whole = await open(sealed, identity);
  const end = 4 + read32(whole, 0);
  const said = whole.subarray(4, end);
  const head = JSON.parse(text(said));
  const body = whole.subarray(end + SIGNATURE, end + SIGNATURE + head.size);
  if (body.length !== head.size || digest(body) !== head.body) throw new Broken("the part is not whole");
  if (!isSigned("part", said, whole.subarray(end, end + SIGNATURE), head.by)) throw new Forged("the part is not signed by whom it names");
  return { head, body, digest: digest(sealed), sealed };
}

export const START = { number: 0, digest: "" };

// All parts of one direction, in the order the server gives them. `isSpeaker(key, digest)`: who may have signed what.
// The desk's: the last must be of somebody who may speak; earlier ones are vouched for by what follows them.
export function ordered(parts, { tip, direction, isSpeaker, onlyLast = false }) {
  let before = START;
  parts.forEach((part, place) => {
    const { head } = part;
    if (head.tip !== tip || head.direction !== direction) throw new Forged("a part of another conversation");
    if (head.number !== before.number + 1 || head.previous !== before.digest) throw new Broken("a part is missing, doubled or out of order");
    if ((!onlyLast || place === parts.length - 1) && !isSpeaker(head.by, part.digest)) throw new Forged("written by somebody who may not speak here");
    before = { number: head.number, digest: part.digest };
  });
  return before;
}

// How many of our parts the other side had when it last wrote; null when it never wrote.
export function acknowledged(theirs, ours) {
  const last = theirs.at(-1);
  if (!last) return null;
  const [number, seen] = last.head.seen;
  if (number && ours[number - 1]?.digest !== seen) throw new Broken("the other side saw something else");
  return number;
}

// One number for all that was sealed, to read aloud or to keep: of the digests in their order.
export const receipt = (digests) => hex(fromHex(digest(joined(...digests.map(fromHex)))));
