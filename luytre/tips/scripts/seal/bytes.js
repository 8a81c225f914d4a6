// Bytes and their spellings.
import { sha256 } from "@noble/hashes/sha2.js";

export const utf8 = (text) => new TextEncoder().encode(text);
export const text = (bytes) => new TextDecoder("utf-8", { fatal: true }).decode(bytes);
export const digest = (bytes) => hex(sha256(bytes));

export const hex = (bytes) => Array.from(bytes, (one) => one.toString(16).padStart(2, "0")).join("");

export function fromHex(spelled) {
  if (!/^([0-9a-f]{2})*$/.test(spelled)) throw new Error("not hexadecimal");
  return Uint8Array.from(spelled.match(/../g) ?? [], (pair) => parseInt(pair, 16));
}

export function base64(bytes) {
  let letters = "";
  for (let at = 0; at < bytes.length; at += 8192) letters += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(letters);
}

export const fromBase64 = (spelled) => Uint8Array.from(atob(spelled), (letter) => letter.charCodeAt(0));

export function joined(...pieces) {
  const whole = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

// Four bytes, the most significant first.
export function number32(value) {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value);
  return bytes;
}

export const read32 = (bytes, at) => new DataView(bytes.buffer, bytes.byteOffset + at, 4).getUint32(0);

export const random = (count) => crypto.getRandomValues(new Uint8Array(count));

// One blob of a JSON head and pieces whose lengths it tells: what is posted and what is answered.
export function framed(head, pieces) {
  const said = utf8(JSON.stringify({ ...head, lengths: pieces.map((piece) => piece.length) }));
  return joined(number32(said.length), said, ...pieces);
}

export function unframed(bytes) {
  const end = 4 + read32(bytes, 0);
  const head = JSON.parse(text(bytes.subarray(4, end)));
  let at = end;
  const pieces = head.lengths.map((length) => bytes.subarray(at, (at += length)));
  if (at !== bytes.length) throw new Error("lengths do not add up");
  return { head, pieces };
}
