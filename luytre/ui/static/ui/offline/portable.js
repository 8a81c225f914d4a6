// What waits, as a file to carry away: plain, or locked with a password.

import { all, keepPhoto, load, photosOf, pixels, save } from "./store.js";

const FORM = "luytre-outbox-1", ROUNDS = 600_000;

const text = (bytes) => { let made = ""; for (const one of new Uint8Array(bytes)) made += String.fromCharCode(one); return btoa(made); };
const bytes = (written) => Uint8Array.from(atob(written), (letter) => letter.charCodeAt(0));

async function keyFrom(password, salt, uses) {
  const base = await crypto.subtle.importKey("raw", new TextEncoder().encode(password.normalize("NFC")), "PBKDF2", false, ["deriveKey"]);
  return crypto.subtle.deriveKey({ name: "PBKDF2", hash: "SHA-256", salt, iterations: ROUNDS }, base, { name: "AES-GCM", length: 256 }, false, uses);
}

async function withPhotos(item) {
  const photos = await photosOf(item.uid);
  return { ...item, photos: await Promise.all(photos.map(async (one) => ({ id: one.id, name: one.name, type: one.type, content: text(await (await pixels(one)).arrayBuffer()) }))) };
}

export async function packed(person, password) {
  const items = (await all(person)).filter((one) => !one.isClosed);
  if (!items.length) return undefined;
  const content = JSON.stringify({ form: FORM, person, items: await Promise.all(items.map(withPhotos)) });
  if (!password) return content;
  const salt = crypto.getRandomValues(new Uint8Array(16)), iv = crypto.getRandomValues(new Uint8Array(12));
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await keyFrom(password, salt, ["encrypt"]), new TextEncoder().encode(content));
  return JSON.stringify({ form: `${FORM}-locked`, salt: text(salt), iv: text(iv), rounds: ROUNDS, sealed: text(sealed) });
}

async function opened(content, password) {
  const outer = JSON.parse(content);
  if (outer.form !== `${FORM}-locked`) return outer;
  const key = await keyFrom(password, bytes(outer.salt), ["decrypt"]);
  return JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt({ name: "AES-GCM", iv: bytes(outer.iv) }, key, bytes(outer.sealed))));
}

// Says "imported", "unreadable" or "foreign". What is here already stays as it is; every item keeps its number.
export async function unpacked(person, content, password) {
  let outbox;
  try { outbox = await opened(content, password); } catch { return "unreadable"; }
  if (outbox.form !== FORM || !Array.isArray(outbox.items)) return "unreadable";
  if (outbox.person !== person) return "foreign";
  for (const { photos, ...item } of outbox.items) {
    if (await load(item.uid, person)) continue;
    for (const one of photos || []) await keepPhoto(person, item.uid, { name: one.name, blob: new Blob([bytes(one.content)], { type: one.type }) }, one.id);
    await save({ ...item, person });
  }
  return "imported";
}
