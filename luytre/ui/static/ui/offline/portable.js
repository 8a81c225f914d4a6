// What waits, as a file to carry away: plain, or locked with a password.

import { all, forget, hold, isFull, keepPhoto, load, photosOf, pixels, save } from "./store.js";

const FORM = "luytre-outbox-1", ROUNDS = 600_000;

const text = (bytes) => { let made = ""; for (const one of new Uint8Array(bytes)) made += String.fromCharCode(one); return btoa(made); };
const bytes = (written) => Uint8Array.from(atob(written), (letter) => letter.charCodeAt(0));

async function keyFrom(password, salt, uses) {
  const base = await crypto.subtle.importKey("raw", new TextEncoder().encode(password.normalize("NFC")), "PBKDF2", false, ["deriveKey"]);
  return crypto.subtle.deriveKey({ name: "PBKDF2", hash: "SHA-256", salt, iterations: ROUNDS }, base, { name: "AES-GCM", length: 256 }, false, uses);
}

async function withPhotos(item, unkept = []) {
  const photos = [...await photosOf(item.uid), ...unkept];
  const packedUp = async (one) => ({ id: one.id, name: one.name, type: one.type, content: text(await (one.blob || await pixels(one)).arrayBuffer()) });
  return { ...item, photos: await Promise.all(photos.map(packedUp)) };
}

// `open` is the form on the screen when the device has no room to keep it, `unkept` its photos that found none. From now
// on another device may send all of it too, so a later change here is one that the server must compare.
export async function packed(person, password, { open, unkept } = {}) {
  const kept = (await all(person)).filter((one) => !one.isClosed && one.uid !== open?.uid);
  if (!kept.length && !open) return undefined;
  for (const one of kept) await markAsTried(one);
  const items = await Promise.all(kept.map((one) => withPhotos(one)));
  if (open) items.push(await withPhotos(open, unkept));
  const content = JSON.stringify({ form: FORM, person, items: items.map((one) => ({ ...one, isTried: true })) });
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

async function markAsTried({ uid, person }) {
  const release = await hold(uid);
  if (!release) return; // on its way, or open in another tab
  try {
    const kept = await load(uid, person);
    if (kept) await save({ ...kept, isTried: true });
  } catch { /* no room for the mark */ } finally { release(); }
}

export function saveAsFile(content) {
  const address = URL.createObjectURL(new Blob([content], { type: "application/json" }));
  Object.assign(document.createElement("a"), { href: address, download: `luy-tre-${new Date().toISOString().slice(0, 10)}.json` }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

// Says "imported", "unreadable", "foreign" or "no-room". What is here already stays as it is; every item keeps its number.
export async function unpacked(person, content, password) {
  let outbox;
  try { outbox = await opened(content, password); } catch { return "unreadable"; }
  if (outbox.form !== FORM || !Array.isArray(outbox.items)) return "unreadable";
  if (outbox.person !== person) return "foreign";
  for (const { photos, ...item } of outbox.items) {
    const here = await load(item.uid, person);
    if (here && !here.isClosed) continue;
    try { await bringIn({ ...item, person }, photos || []); } catch (error) {
      if (!isFull(error)) throw error;
      await forget(item.uid);
      return "no-room";
    }
  }
  return "imported";
}

async function bringIn(item, photos) {
  for (const one of photos) await keepPhoto(item.person, item.uid, { name: one.name, blob: new Blob([bytes(one.content)], { type: one.type }) }, one.id);
  await save(item);
}
