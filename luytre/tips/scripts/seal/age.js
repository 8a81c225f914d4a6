// The age format, one kind of recipient only: hybrid post-quantum (ML-KEM-768 with X25519). The library would let kinds
// mix in one file, and then the weakest decides; so both sealing and opening refuse.
import { Decrypter, Encrypter, armor, generateHybridIdentity, identityToRecipient } from "age-encryption";
import { bech32 } from "@scure/base";

const RECIPIENT = /^age1pq1[02-9ac-hj-np-z]+$/;
const IDENTITY = /^AGE-SECRET-KEY-PQ-1[02-9AC-HJ-NP-Z]+$/;
const STANZA = "mlkem768x25519";
export const WORK = 17; // log2 of scrypt's cost for files locked with words: about a second on a cheap phone

export class Mixed extends Error {}

export const newIdentity = () => generateHybridIdentity();
export const recipientOf = (identity) => identityToRecipient(identity);

// 32 secret bytes as an identity.
export const identityOf = (seed) =>
  bech32.encodeFromBytes("age-secret-key-pq-", seed).toUpperCase();

export async function seal(bytes, recipients) {
  if (!recipients.length || !recipients.every((one) => RECIPIENT.test(one))) throw new Mixed("every recipient must be age1pq1…");
  const encrypter = new Encrypter();
  for (const one of recipients) encrypter.addRecipient(one);
  return encrypter.encrypt(bytes);
}

export async function open(file, identity) {
  if (!IDENTITY.test(identity)) throw new Mixed("the identity must be AGE-SECRET-KEY-PQ-1…");
  if (!stanzas(file).every((kind) => kind === STANZA)) throw new Mixed("recipients of several kinds");
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  return decrypter.decrypt(file);
}

// The kinds of recipients that a file names, read from its header.
export function stanzas(file) {
  const head = new TextDecoder("latin1").decode(file.subarray(0, 65536));
  const end = head.indexOf("\n---");
  if (end < 0 || !head.startsWith("age-encryption.org/v1\n")) throw new Error("not an age file");
  return head.slice(0, end).split("\n").filter((line) => line.startsWith("-> ")).map((line) => line.split(" ")[1]);
}

// Locked with words, armoured: opens with the age tool as well.
export async function lock(bytes, words, work = WORK) {
  const encrypter = new Encrypter();
  encrypter.setPassphrase(words);
  encrypter.setScryptWorkFactor(work);
  return armor.encode(await encrypter.encrypt(bytes));
}

export async function unlock(file, words) {
  const decrypter = new Decrypter();
  decrypter.addPassphrase(words);
  return decrypter.decrypt(armor.decode(file));
}

// Any two of some holders: sealed once for each pair, an inner seal to the one, an outer to the other.
export async function sealForPairs(bytes, holders, { bothWays = false } = {}) {
  const pairs = [];
  for (let inner = 0; inner < holders.length; inner++) {
    for (let outer = 0; outer < holders.length; outer++) {
      if (inner === outer || (!bothWays && inner > outer)) continue;
      const file = await seal(await seal(bytes, [holders[inner].recipient]), [holders[outer].recipient]);
      pairs.push({ inner: holders[inner].id, outer: holders[outer].id, file });
    }
  }
  return pairs;
}
