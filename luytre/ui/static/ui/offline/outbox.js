// Sends what waits, once and in order. Used by pages and by the worker; one of them at a time.

import { all, dropPhoto, forget, hold, keepPhoto, load, photosOf, pixels, save } from "./store.js";
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

// One tab or the worker sends; the rest find the door closed, or wait behind it when `patient`.
export function flush({ now = false, patient = false } = {}) {
  const how = patient ? {} : { ifAvailable: true };
  return navigator.locks.request("luytre-outbox", how, (held) => (held ? sendAll(now) : { outcome: "busy" }));
}

async function sendAll(now) {
  const state = await probe();
  if (!state) return { outcome: "away" };
  if (state.person === null) return { outcome: "signed out" };
  for (const item of (await all(state.person)).filter((one) => one.state === "waiting" && !one.isClosed)) {
    if (!now && item.nextAt > Date.now()) return { outcome: "later", nextAt: item.nextAt };
    const release = await hold(item.uid);
    if (!release) continue; // somebody has it open
    try {
      const outcome = await send(await load(item.uid, state.person), state);
      if (outcome.sent) delivered.set(item.uid, outcome.sent);
      if (outcome.stop) return { outcome: outcome.stop, nextAt: outcome.nextAt };
    } finally { release(); }
  }
  return { outcome: "done" };
}

// Returns {sent}, {stop} when the rest must wait too, or {} when this one is set aside for a person to see.
async function send(item, state) {
  if (item?.state !== "waiting") return {};
  if (!item.url) {
    const before = item.isTried;
    await save({ ...item, isTried: true });
    const answer = await post(item.arrivals, fields(item, before), state, watched.has(item.uid));
    const told = await judged({ ...item, isTried: true }, answer);
    if (!told.url) return told;
    item = { ...item, isTried: true, url: told.url };
    await save(item);
  }
  for (const photo of await photosOf(item.uid)) {
    const told = await sendPhoto(item, photo, state);
    if (!told.url) return told;
    await dropPhoto(photo.id);
  }
  await forget(item.uid);
  return { sent: item.url };
}

async function sendPhoto(item, photo, state) {
  let blob = await pixels(photo);
  for (;;) {
    const body = new FormData();
    body.set("photo", blob, "photo.jpg");
    const answer = await post(`${item.arrivals}${item.uid}/photos/`, body, state, false);
    if (answer?.status !== 413) return judged(item, answer);
    const less = await smaller(blob);
    if (!less) return setAside(item, { message: "too-big" });
    blob = less;
    await keepPhoto(item.person, item.uid, { name: photo.name, blob }, photo.id);
  }
}

function fields(item, isRepeated) {
  const body = new FormData();
  body.set("uid", item.uid);
  if (isRepeated && item.isEdited) body.set("edited", "1");
  for (const [name, value, checked] of item.values) {
    if (checked === false) continue;
    for (const one of Array.isArray(value) ? value : [value]) body.append(name, one);
  }
  return body;
}

async function post(address, body, state, isWatched) {
  const headers = { "X-CSRFToken": state.csrf, ...(isWatched ? { "X-Luytre-Now": "1" } : {}) };
  const ask = () => fetch(address, { method: "POST", body, headers, redirect: "manual", signal: AbortSignal.timeout(PATIENCE) });
  try {
    const answer = await ask();
    if (answer.status !== 403) return answer;
    headers["X-CSRFToken"] = (await probe())?.csrf || state.csrf; // signed in anew elsewhere: the token has changed
    return await ask();
  } catch { return null; }
}

async function judged(item, answer) {
  if (!answer || answer.status >= 500 || [408, 425, 429].includes(answer.status)) return postponed(item);
  if (answer.type === "opaqueredirect" || answer.status === 401) return { stop: "signed out" };
  const told = await answer.json().catch(() => ({}));
  if (answer.ok) return told.url ? { url: told.url } : postponed(item); // an answer, but not of ours
  if (answer.status === 403) return setAside(item, { message: "forbidden" });
  if (answer.status === 413) return setAside(item, { message: told.message || "too-big" });
  return setAside(item, told);
}

async function postponed(item) {
  const tries = (item.tries || 0) + 1, nextAt = Date.now() + again(tries);
  await save({ ...item, tries, nextAt });
  return { stop: "away", nextAt };
}

// A person must look: it stays here with what the server said, and the rest goes on.
async function setAside(item, { message = "", errors = [], url = "", correction = "" }) {
  await save({ ...item, state: "refused", message: message || "refused-by-server", problems: errors, record: url, correction });
  return {};
}
