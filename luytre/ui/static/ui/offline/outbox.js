// Sends what waits, once and in order. Used by pages and by the worker; one of them at a time.

import { all, dropPhoto, forget, hold, isFull, keepPhoto, load, photosOf, pixels, save } from "./store.js";
import { smaller } from "./photos.js";

const STATE = "/offline/state/", PATIENCE = 30_000, FIRST_WAIT = 5_000, LONGEST_WAIT = 300_000;
const again = (tries) => Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** Math.max(0, tries - 1));

// Is it really our server? A café's sign-in page answers too, so what it says is read, not only that it answers.
export async function probe() {
  try {
    const answer = await fetch(STATE, { cache: "no-store", redirect: "manual", signal: AbortSignal.timeout(8_000) });
    const state = answer.ok ? await answer.json() : null;
    return state?.luytre === true ? state : null;
  } catch { return null; }
}

// What somebody on this page waits for, whichever of the page's own senders takes it; and where it went.
export const watched = new Set(), delivered = new Map();

// The browser wakes the worker when the network is back, also with every page closed; where it cannot, the next page sends.
export async function askForTheBackground() {
  try { await (await navigator.serviceWorker.getRegistration())?.sync?.register("outbox"); } catch { /* the next open page sends it */ }
}

// The network is what is lacking: whatever else it is, the browser's next waking changes nothing.
export const needsNetwork = (outcome) => ["away", "later"].includes(outcome);

// Due, or so far away that the clock has been set back since.
export const isDue = (nextAt) => nextAt <= Date.now() || nextAt > Date.now() + LONGEST_WAIT;

// One tab or the worker sends; the rest find the door closed, or wait behind it when `patient`. The item that is `mine`
// is held by who asks, so that the answer comes to the page on which somebody waits for it.
export function flush({ now = false, patient = false, mine = "" } = {}) {
  const how = patient ? {} : { ifAvailable: true };
  return navigator.locks.request("luytre-outbox", how, (held) => (held ? sendAll(now, mine) : { outcome: "busy" }));
}

async function sendAll(now, mine) {
  const state = await probe();
  if (!state) return { outcome: "away" };
  if (state.person === null) return { outcome: "signed out" };
  for (const item of (await all(state.person)).filter((one) => one.state === "waiting" && !one.isClosed)) {
    if (!now && !isDue(item.nextAt)) return { outcome: "later", nextAt: item.nextAt };
    const release = item.uid === mine ? () => { /* held until the page has its answer */ } : await hold(item.uid);
    if (!release) continue; // somebody has it open
    try {
      const outcome = await send(await load(item.uid, state.person), state);
      if (outcome.sent) delivered.set(item.uid, outcome.sent);
      if (outcome.stop) return { outcome: outcome.stop, nextAt: outcome.nextAt };
    } finally { release(); }
  }
  return { outcome: "done" };
}

// A full device still sends: what could not be noted is asked again, and the server knows the number.
async function note(item) {
  try { await save(item); } catch (error) { if (!isFull(error)) throw error; }
}

// Returns {sent}, {stop} when the rest must wait too, or {} when this one is set aside for a person to see.
async function send(item, state) {
  if (item?.state !== "waiting") return {};
  if (!item.url) {
    const told = await judged(await post(item.arrivals, fields(item), state, watched.has(item.uid)));
    if (!told.url) return putOff(item, told);
    item = { ...item, url: told.url };
    await note(item);
  }
  let refusal;
  for (const photo of await photosOf(item.uid)) {
    const told = await sendPhoto(item, photo, await pixels(photo), state);
    if (told.url) await dropPhoto(photo.id);
    else if (told.refusal) refusal = told; // the other photos go on
    else return putOff(item, told);
  }
  if (refusal) return putOff(item, refusal);
  await forget(item.uid);
  return { sent: item.url };
}

// For a device that can keep nothing: straight from the page, which stays as it is until the server has everything.
export async function sendStraight(item, unkept) {
  const state = await probe();
  if (!state) return { outcome: "away" };
  if (state.person !== item.person) return { outcome: "signed out" };
  const told = item.url ? item : await judged(await post(item.arrivals, fields(item), state, true));
  if (!told.url) return { outcome: told.stop || "away", refusal: told.refusal };
  const kept = await photosOf(item.uid);
  for (const photo of [...kept, ...unkept]) {
    const { url, refusal, stop } = await sendPhoto(item, photo, photo.blob || await pixels(photo), state);
    if (!url) return { outcome: stop || "away", url: told.url, refusal };
    if (!photo.blob) await dropPhoto(photo.id);
  }
  await forget(item.uid);
  return { outcome: "done", url: told.url };
}

async function sendPhoto(item, photo, blob, state) {
  for (;;) {
    const body = new FormData();
    body.set("photo", blob, "photo.jpg");
    const answer = await post(`${item.arrivals}${item.uid}/photos/`, body, state, false);
    if (answer?.status !== 413) return judged(answer);
    blob = await smaller(blob);
    if (!blob) return { refusal: { message: "too-big" } };
    if (photo.sealed) await keepPhoto(item.person, item.uid, { name: photo.name, blob }, photo.id).catch(() => { /* made smaller again next time */ });
  }
}

function fields(item) {
  const body = new FormData();
  body.set("uid", item.uid);
  if (item.isEdited) body.set("edited", "1");
  for (const [name, value, checked] of item.values) {
    if (checked === false) continue;
    for (const one of Array.isArray(value) ? value : [value]) body.append(name, one);
  }
  return body;
}

// The server is told whose it is: somebody else may have signed in since it was asked.
async function post(address, body, state, isWatched) {
  const headers = { "X-CSRFToken": state.csrf, "X-Luytre-Person": state.person, ...(isWatched ? { "X-Luytre-Now": "1" } : {}) };
  const ask = () => fetch(address, { method: "POST", body, headers, redirect: "manual", signal: AbortSignal.timeout(PATIENCE) });
  try {
    const answer = await ask();
    if (answer.status !== 403) return answer;
    headers["X-CSRFToken"] = (await probe())?.csrf || state.csrf; // signed in anew elsewhere: the token has changed
    return await ask();
  } catch { return null; }
}

// What an answer means: {url} it is there, {stop} all must wait, {refusal} a person must look, {} try again later.
async function judged(answer) {
  if (!answer || answer.status >= 500 || [408, 425, 429].includes(answer.status)) return {};
  if (answer.type === "opaqueredirect" || answer.status === 401) return { stop: "signed out" };
  const told = await answer.json().catch(() => ({}));
  if (answer.ok) return told.url ? { url: told.url } : {}; // an answer, but not of ours
  if (answer.status === 403) return { refusal: { message: "forbidden" } };
  if (answer.status === 413) return { refusal: { message: told.message || "too-big" } };
  return { refusal: told };
}

async function putOff(item, { stop, refusal }) {
  if (stop) return { stop };
  if (refusal) return setAside(item, refusal);
  const tries = (item.tries || 0) + 1, nextAt = Date.now() + again(tries);
  await note({ ...item, tries, nextAt });
  return { stop: "away", nextAt };
}

// It stays here with what the server said, and the rest goes on.
async function setAside(item, { message = "", errors = [], url = "", correction = "" }) {
  await note({ ...item, state: "refused", message: message || "refused-by-server", problems: errors, record: url, correction });
  return {};
}
