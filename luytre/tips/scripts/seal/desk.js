// A desk's keys: officers', epochs' and the lists that say whose they are.
import { newIdentity, open, recipientOf, seal, sealForPairs } from "./age.js";
import { digest, utf8 } from "./bytes.js";
import { newSigner, publicOf } from "./signing.js";
import { padded, unpadded } from "./tip.js";

const SMALL = 1024;

// An officer's own secrets, to be locked with words or a passkey.
export async function newOfficer() {
  const identity = await newIdentity();
  const signer = newSigner();
  return { secret: { identity, signer }, public: { key: publicOf(signer), recipient: await recipientOf(identity) } };
}

// Of both halves, so that neither can be exchanged: read aloud face to face before a key is certified.
export const fingerprintOf = ({ key, recipient }) =>
  digest(utf8(`luytre officer ${key} ${recipient}`)).slice(0, 40).replace(/(.{4})(?=.)/g, "$1 ");

// A new epoch: its secret sealed to each officer and, for every two of the recovery holders, to both.
export async function newEpoch({ number, officers, recovery }) {
  const identity = await newIdentity();
  const secret = padded({ epoch: number, identity }, SMALL);
  const wrappings = [];
  for (const one of officers) wrappings.push({ officer: one.id, file: await seal(secret, [one.recipient]) });
  const pairs = await sealForPairs(secret, recovery);
  return { identity, public: { number, recipient: await recipientOf(identity), current: true }, wrappings, pairs };
}

// An epoch's secret for one more officer.
export const sealEpoch = (number, identity, recipient) => seal(padded({ epoch: number, identity }, SMALL), [recipient]);
export const openEpoch = async (file, identity) => unpadded(await open(file, identity)).identity;

// What an officer's browser finds in a tip's wrapping: {identity, reporter, heading}.
export const openWrapping = async (file, epochIdentity) => unpadded(await open(file, epochIdentity));
export const wrapAgain = async (keys, recipient) => seal(padded(keys, 2048), [recipient]);

// The desk's secret that signs its lists, sealed to one holder.
export const sealCertifier = (signer, recipient) => seal(utf8(JSON.stringify({ signer })), [recipient]);
export const openCertifier = async (file, identity) => unpadded(await open(file, identity)).signer;

const DAY = 24 * 3600;
export const HOLDS = 14 * DAY; // seconds that a desk's list holds

// The list that follows `last`. `change`: {add: {officers, custodians}, remove: [ids], epoch, said, joining: lists of desks
// that this one follows}. Who leaves stays with their key among the former, under the root of what was said by then.
export function nextList(last, change, { now = Math.floor(Date.now() / 1000) } = {}) {
  const gone = new Set(change.remove ?? []);
  const left = last.officers.filter((one) => gone.has(one.id));
  const came = (change.joining ?? []).flatMap((list) => [...list.officers, ...(list.former ?? [])]);
  const former = last.former ?? [];
  const known = new Set(former.map((one) => one.id));
  const named = (role) => [...last[role].filter((one) => !gone.has(one.id)), ...(change.add?.[role] ?? [])];
  const { epoch } = change;
  return {
    ...{ version: last.version + 1, issued: now, expires: now + HOLDS, desk: last.desk },
    epochs: epoch ? [epoch] : last.epochs.filter((one) => one.current),
    officers: named("officers"),
    custodians: named("custodians"),
    former: [
      ...former,
      ...[...left, ...came].filter((one) => !known.has(one.id)).map(({ id, key }) => ({ id, key, until: now, said: change.said })),
    ],
  };
}
