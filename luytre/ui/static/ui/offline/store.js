// What waits on this device: each item and photo locked with the account's own key, which never leaves the browser.

import { openDB } from "../../build/idb/index.js";

let opened;
const CHANGED = "luytre-offline", channel = new BroadcastChannel(CHANGED);

// The channel tells the other tabs and the worker, the event this page.
function tell() {
  channel.postMessage(CHANGED);
  dispatchEvent(new Event(CHANGED));
}

export function onChange(listener) {
  channel.addEventListener("message", listener);
  addEventListener(CHANGED, listener);
}

function open() {
  opened ??= openDB("luytre-offline", 1, {
    upgrade(database) {
      database.createObjectStore("keys");
      database.createObjectStore("items", { keyPath: "uid" }).createIndex("person", "person");
      database.createObjectStore("photos", { keyPath: "id" }).createIndex("uid", "uid");
    },
    blocking(_now, _next, event) { event.target.close(); opened = undefined; },
    terminated() { opened = undefined; },
  });
  return opened;
}

// Some browsers close the database when the phone sleeps: it is opened once more.
async function using(work) {
  try { return await work(await open()); } catch (error) {
    if (error.name !== "InvalidStateError") throw error;
    opened = undefined;
    return work(await open());
  }
}

// The browser's word for "no room left on this device".
export const isFull = (error) => error?.name === "QuotaExceededError";

async function keyOf(person) {
  const kept = await using((database) => database.get("keys", person));
  if (kept) return kept;
  const made = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  try { await using((database) => database.add("keys", made, person)); } catch { /* another tab was quicker */ }
  return using((database) => database.get("keys", person));
}

async function lock(person, uid, bytes) {
  const iv = crypto.getRandomValues(new Uint8Array(12)), additionalData = new TextEncoder().encode(`${person}:${uid}`);
  return { iv, sealed: await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData }, await keyOf(person), bytes) };
}

async function unlock(person, uid, { iv, sealed }) {
  const additionalData = new TextEncoder().encode(`${person}:${uid}`);
  return crypto.subtle.decrypt({ name: "AES-GCM", iv, additionalData }, await keyOf(person), sealed);
}

// An item: uid, person, register, state (draft, waiting, refused), position, at, tries, nextAt; the rest is locked.
const OPEN = ["uid", "person", "register", "state", "position", "at", "tries", "nextAt"];

export async function save(item) {
  const inside = Object.fromEntries(Object.entries(item).filter(([name]) => !OPEN.includes(name)));
  const locked = await lock(item.person, item.uid, new TextEncoder().encode(JSON.stringify(inside)));
  const told = Object.fromEntries(OPEN.map((name) => [name, item[name] ?? 0]));
  await using((database) => database.put("items", { ...told, ...locked }));
  tell();
}

async function readable(kept) {
  const told = Object.fromEntries(OPEN.map((name) => [name, kept[name]]));
  try {
    return { ...told, ...JSON.parse(new TextDecoder().decode(await unlock(kept.person, kept.uid, kept))) };
  } catch { return { ...told, isClosed: true, values: [] }; }
}

export async function load(uid, person) {
  const kept = await using((database) => database.get("items", uid));
  return kept && kept.person === person ? readable(kept) : undefined;
}

// The items of one account, in the order in which they were handed over.
export async function all(person) {
  const kept = await using((database) => database.getAllFromIndex("items", "person", person));
  const items = await Promise.all(kept.map(readable));
  return items.sort((one, other) => one.position - other.position || one.at - other.at);
}

export async function numbers(person) {
  const kept = await using((database) => database.getAll("items"));
  const mine = kept.filter((one) => one.person === person);
  return { waiting: mine.filter((one) => one.state !== "draft").length, others: kept.length - mine.length };
}

// Hand an item over: it gets the next place in the order, and keeps it through every try.
export async function handOver(item) {
  const kept = await using((database) => database.getAll("items"));
  const last = Math.max(0, ...kept.map((one) => one.position));
  await save({ ...item, state: "waiting", position: item.position || last + 1, nextAt: 0, tries: 0, problems: [], message: "" });
}

export async function forget(uid) {
  await using(async (database) => {
    const change = database.transaction(["items", "photos"], "readwrite");
    const photos = await change.objectStore("photos").index("uid").getAllKeys(uid);
    await Promise.all([change.objectStore("items").delete(uid), ...photos.map((id) => change.objectStore("photos").delete(id)), change.done]);
  });
  tell();
}

export async function keepPhoto(person, uid, { name, blob }, id = crypto.randomUUID()) {
  const locked = await lock(person, id, await blob.arrayBuffer());
  await using((database) => database.put("photos", { id, uid, person, name, type: blob.type, at: Date.now(), ...locked }));
  return id;
}

export async function photosOf(uid) {
  const kept = await using((database) => database.getAllFromIndex("photos", "uid", uid));
  return kept.sort((one, other) => one.at - other.at);
}

export async function pixels(photo) {
  return new Blob([await unlock(photo.person, photo.id, photo)], { type: photo.type });
}

export const dropPhoto = (id) => using((database) => database.delete("photos", id));

// Whoever opens an item holds it, so that no other tab opens or sends it meanwhile. Gives a release, or nothing.
export function hold(uid, { patient = false } = {}) {
  return new Promise((answer) => {
    navigator.locks.request(`item:${uid}`, { ifAvailable: !patient }, (held) => {
      if (!held) { answer(undefined); return undefined; }
      return new Promise((release) => answer(release));
    });
  });
}
