// On every page of who works in the field: the worker, the kept pages, how many wait, and when to send.

import { askForTheBackground, flush, isDue, needsNetwork, probe } from "./outbox.js";
import { numbers, onChange } from "./store.js";

const PAGES = "luytre-pages", KEPT = "offline-kept", HOURS = 6;
const person = document.body.dataset.person, version = document.querySelector("meta[name=offline-version]").content;
let timer;

const remembered = {
  get value() { try { return JSON.parse(localStorage.getItem(KEPT) || "{}"); } catch { return {}; } },
  set value(value) { try { localStorage.setItem(KEPT, JSON.stringify(value)); } catch { /* asked again at the next page */ } },
};

async function count() {
  const { waiting } = await numbers(person);
  for (const shown of document.querySelectorAll("[data-waiting-count]")) shown.textContent = String(waiting);
  for (const place of document.querySelectorAll("[data-waiting]")) place.hidden = waiting === 0;
  return waiting;
}

// The forms with this person's own choices, kept for the field; anew each day, version and account.
async function keepPages() {
  const last = remembered.value;
  if (last.person === person && last.version === version && Math.abs(Date.now() - last.at) < HOURS * 36e5) return;
  const state = await probe();
  if (state?.person !== person) return;
  const pages = await caches.open(PAGES);
  for (const address of state.pages) {
    const answer = await fetch(address, { headers: { "X-Luytre-Keep": "1" }, redirect: "manual", cache: "no-store" });
    if (answer.ok) await pages.put(address, answer);
  }
  remembered.value = { person, version: state.version, at: Date.now() };
  await dropOldShells(state.version);
}

// Files of an older version go when the pages that name them have been replaced.
async function dropOldShells(wanted) {
  if (!(await caches.has(`luytre-shell-${wanted}`))) return;
  const old = (await caches.keys()).filter((name) => name.startsWith("luytre-shell-") && name !== `luytre-shell-${wanted}`);
  await Promise.all(old.map((name) => caches.delete(name)));
}

async function trySending() {
  clearTimeout(timer);
  if (!(await count())) return;
  const { outcome, nextAt } = await flush();
  if (!(await count())) return;
  if (needsNetwork(outcome)) await askForTheBackground();
  timer = setTimeout(trySending, nextAt && !isDue(nextAt) ? Math.max(5_000, nextAt - Date.now()) : 60_000);
}

// Forms of whoever held this phone before are not opened by the next account.
async function dropPagesOfOthers() {
  const last = remembered.value;
  if (last.person && last.person !== person) await caches.delete(PAGES);
}

async function start() {
  onChange(count);
  addEventListener("online", trySending);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) trySending(); });
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-sign-out]")) return;
    remembered.value = {};
    caches.delete(PAGES);
  });
  navigator.serviceWorker.register("/service-worker.js", { type: "module" }).catch(() => { /* an older browser: drafts are kept, pages are not */ });
  await dropPagesOfOthers();
  await trySending();
  await keepPages().catch(() => { /* no network: the pages of before stay */ });
  await navigator.serviceWorker.ready;
  document.documentElement.dataset.field = "kept"; // from here on this device may go where there is no network
}

if (navigator.serviceWorker && navigator.locks && crypto.subtle) start();
