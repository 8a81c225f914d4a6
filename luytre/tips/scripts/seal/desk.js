// A desk's keys: officers', epochs' and the lists that say whose they are.
import { newIdentity, open, recipientOf, seal, sealForPairs } from "./age.js";
import { newSigner, publicOf } from "./signing.js";
import { padded, unpadded } from "./tip.js";

const SMALL = 1024;

// An officer's own secrets, to be locked with words or a passkey.
export async function newOfficer() {
  const identity = await newIdentity();
  const signer = newSigner();
  return { secret: { identity, signer }, public: { key: publicOf(signer), recipient: await recipientOf(identity) } };
}

// A new epoch: its secret sealed to each officer and, for every two of the recovery holders, to both.
export async function newEpoch({ number, officers, recovery }) {
  const identity = await newIdentity();
  const secret = padded({ epoch: number, identity }, SMALL);
  const wrappings = [];
  for (const one of officers) wrappings.push({ officer: one.id, file: await seal(secret, [one.recipient]) });
  const pairs = await sealForPairs(secret, recovery);
  return { identity, public: { number, recipient: await recipientOf(identity), current: true }, wrappings, pairs };
}

export const openEpoch = async (file, identity) => unpadded(await open(file, identity)).identity;

// What an officer's browser finds in a tip's wrapping: {identity, reporter, heading}.
export const openWrapping = async (file, epochIdentity) => unpadded(await open(file, epochIdentity));
export const wrapAgain = async (keys, recipient) => seal(padded(keys, 2048), [recipient]);
