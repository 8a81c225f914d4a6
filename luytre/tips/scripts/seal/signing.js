// Ed25519, and what is signed: a text of a named kind, so that no signature can be used for something else.
import { ed25519 } from "@noble/curves/ed25519.js";
import { base64, digest, fromBase64, fromHex, hex, joined, utf8 } from "./bytes.js";

const MARK = "luytre-tips/1/";
const message = (kind, bytes) => joined(utf8(`${MARK}${kind}\n`), bytes);

export class Forged extends Error {}

export const newSigner = () => hex(ed25519.utils.randomSecretKey());
export const publicOf = (secret) => hex(ed25519.getPublicKey(fromHex(secret)));
// Read aloud face to face and printed on the poster: forty hexadecimal digits in groups of four.
export const fingerprint = (key) => digest(fromHex(key)).slice(0, 40).replace(/(.{4})(?=.)/g, "$1 ");

export const signBytes = (kind, bytes, secret) => ed25519.sign(message(kind, bytes), fromHex(secret));
export const isSigned = (kind, bytes, signature, key) => {
  try {
    return ed25519.verify(signature, message(kind, bytes), fromHex(key));
  } catch {
    return false;
  }
};

// A statement: its own text, who signed it, the signature.
export function signed(kind, said, secret) {
  const spelled = JSON.stringify(said);
  return { text: spelled, key: publicOf(secret), signature: base64(signBytes(kind, utf8(spelled), secret)) };
}

export function verified(kind, statement, key) {
  if (!statement || statement.key !== key) throw new Forged(`${kind}: signed with another key`);
  if (!isSigned(kind, utf8(statement.text), fromBase64(statement.signature), key)) throw new Forged(`${kind}: wrong signature`);
  return JSON.parse(statement.text);
}
