// One tip, opened: its keys, its parts, each checked against who may have written it.
import { newIdentity, recipientOf } from "../seal/age.js";
import { framed, text, unframed, utf8 } from "../seal/bytes.js";
import { checked } from "../seal/chain.js";
import { wrapAgain } from "../seal/desk.js";
import { START, openPart, ordered, sealPart } from "../seal/part.js";
import { speakersOf } from "../seal/speakers.js";
import { secrets, tipKeys } from "./keys.js";
import { getBytes, post, setting } from "./page.js";

const AT_ONCE = 2; // rungs up to 256 KiB are fetched with the page; larger ones are files, fetched when asked for

export async function openTip() {
  const { head, pieces } = unframed(await getBytes(setting.sealed));
  const epoch = head.epochs.find((number) => secrets.epochs[number]);
  if (!epoch) return { head, keys: null };
  const keys = await tipKeys(pieces[head.epochs.indexOf(epoch)], epoch);
  return { head, keys, epoch, recipient: await recipientOf(keys.identity), isSpeaker: speakersOf(lists(head.chains), head.ways) };
}

// Of every desk that had the tip, checked from the root down; what does not hold says nothing.
function lists(chains) {
  const found = [];
  for (const [desk, chain] of Object.entries(chains)) {
    try {
      found.push(checked(chain, { root: setting.root, desk }));
    } catch (error) {
      console.info(desk, error.message);
    }
  }
  return found;
}

const fetchPart = (digest) => getBytes(setting.part.replace("0".repeat(64), digest));

// {digest → part}; a part that does not open carries what was wrong.
export async function openParts(tip, described, { all = false } = {}) {
  const opened = [];
  for (const one of described) {
    if (!all && one.rung > AT_ONCE) {
      opened.push({ ...one, later: true });
      continue;
    }
    try {
      const identity = one.direction === "notes" ? tip.keys.notes : tip.keys.identity;
      const part = await openPart(await fetchPart(one.digest), identity);
      if (part.digest !== one.digest) throw new Error("another part came");
      opened.push({ ...one, ...part, sealed: null });
    } catch (error) {
      opened.push({ ...one, fault: error.constructor.name });
    }
  }
  return opened;
}

// What is wrong with one direction as a whole: forged, missing, out of order; null when all is well.
export function faultOf(tip, parts, direction) {
  const speaks = direction === "reporter" ? (key) => key === tip.keys.reporter : tip.isSpeaker;
  const broken = parts.find((one) => one.fault);
  if (broken) return broken.fault === "Forged" ? "forged" : "missing";
  // What is still to be fetched is checked when it comes; until then only the run before it.
  const first = parts.findIndex((one) => one.later);
  const known = first < 0 ? parts : parts.slice(0, first);
  try {
    ordered(known, { tip: setting.tip, direction, isSpeaker: speaks, onlyLast: direction !== "reporter" });
    for (const one of parts.slice(known.length)) if (!one.later && !speaks(one.head.by, one.digest)) return "forged";
  } catch (error) {
    return error.constructor.name === "Forged" ? "forged" : "missing";
  }
  return null;
}

const last = (parts) => {
  const one = parts.at(-1);
  return one ? { number: one.number, digest: one.digest } : START;
};

// A message to the reporter: signed by this officer, sealed to the tip.
export async function speak(tip, parts, words, kind = "message") {
  const about = { tip: setting.tip, direction: "desk", kind, before: last(parts.desk), seen: last(parts.reporter) };
  const part = await sealPart(about, utf8(JSON.stringify({ text: words })), { recipient: tip.recipient, signer: secrets.signer });
  const head = { direction: "desk", number: part.number, rung: part.rung };
  return { ...(await post(setting.parts, framed(head, [part.sealed]))), head: part.head, body: utf8(JSON.stringify({ text: words })), digest: part.digest };
}

// A note: sealed to a key of its own inside the desk's wrapping, made with the first note; reporters never have it.
export async function jot(tip, parts, words) {
  const body = utf8(JSON.stringify({ text: words }));
  const pieces = [];
  const notes = tip.keys.notes ?? (await newIdentity());
  const about = { tip: setting.tip, direction: "notes", kind: "message", before: last(parts.notes), seen: START };
  const part = await sealPart(about, body, { recipient: await recipientOf(notes), signer: secrets.signer });
  pieces.push(part.sealed);
  const head = { direction: "notes", number: part.number, rung: part.rung };
  if (!tip.keys.notes) {
    head.epoch = tip.epoch;
    pieces.push(await wrapAgain({ ...tip.keys, notes }, await recipientOf(secrets.epochs[tip.epoch])));
  }
  const answer = await post(setting.parts, framed(head, pieces));
  tip.keys.notes = notes;
  return { ...answer, head: part.head, body, digest: part.digest };
}

export const saidIn = (part) => JSON.parse(text(part.body));
