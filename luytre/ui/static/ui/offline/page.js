// The page of what waits on this device.

import { askForTheBackground, flush, needsNetwork } from "./outbox.js";
import { packed, saveAsFile, unpacked } from "./portable.js";
import { all, forget, handOver, hold, load, numbers, onChange } from "./store.js";

const outbox = document.getElementById("outbox"), { person } = outbox.dataset;
const spoken = document.getElementById("outbox-words").content, line = document.getElementById("outbox-item").content;
const word = (name) => spoken.querySelector(`[data-word="${CSS.escape(name)}"]`)?.textContent || name;
const part = (name) => outbox.querySelector(`[data-${name}]`);
const say = (name) => { part("status").textContent = word(name); };
const moment = new Intl.DateTimeFormat(document.documentElement.lang, { day: "2-digit", month: "2-digit", year: "numeric", hour: "2-digit", minute: "2-digit", timeZone: "Asia/Ho_Chi_Minh" });

function row(item) {
  const made = line.firstElementChild.cloneNode(true), at = (name) => made.querySelector(`[data-${name}]`);
  made.dataset.uid = item.uid;
  at("name").textContent = spoken.querySelector(`[data-register="${CSS.escape(item.register)}"]`)?.textContent || item.register;
  at("state").textContent = word(item.state);
  at("state").classList.add(item.state === "refused" ? "late" : "near");
  at("summary").textContent = item.isClosed ? word("closed") : item.summary || "";
  at("when").textContent = moment.format(item.at);
  problems(item, at("problems"));
  at("open").hidden = Boolean(item.isClosed) || Boolean(item.url);
  at("open").href = `${item.page}#draft=${item.uid}`;
  for (const [name, address] of [["record", item.record || item.url], ["correct", item.correction && `${item.correction}#draft=${item.uid}`]]) {
    at(name).hidden = !address;
    if (address) at(name).href = address;
  }
  at("delete").addEventListener("click", () => forget(item.uid).then(show));
  return made;
}

function problems(item, list) {
  const said = (item.problems || []).map(({ label, messages }) => `${label ? `${label}: ` : ""}${messages.join(" ")}`);
  if (item.state === "refused" && item.message && !said.length) said.push(word(item.message));
  if (item.state === "refused" && item.url) said.push(word("only-photos"));
  list.hidden = item.state !== "refused" || !said.length;
  list.replaceChildren(...said.map((words) => Object.assign(document.createElement("li"), { textContent: words })));
}

async function show() {
  const items = await all(person), { others } = await numbers(person);
  part("items").replaceChildren(...items.map(row));
  part("nothing").hidden = items.length > 0;
  part("others").hidden = others === 0;
  part("others").querySelector("[data-number]").textContent = String(others);
  return items;
}

async function send({ again = false } = {}) {
  const items = await all(person);
  if (again) for (const item of items.filter((one) => one.state === "refused" && !one.problems?.length)) await sendAgain(item.uid);
  const hadSome = items.some((one) => one.state !== "draft");
  if (hadSome) say("sending");
  const { outcome } = await flush({ now: again, patient: true });
  const left = (await show()).filter((one) => one.state !== "draft");
  if (needsNetwork(outcome)) await askForTheBackground();
  part("signed-out").hidden = outcome !== "signed out";
  if (outcome === "away") say(location.hash === "#kept" ? "kept" : "away");
  else if (left.some((one) => one.state === "refused")) say("mend");
  else if (left.length) say("waiting");
  else say(hadSome || location.hash === "#sent" ? "sent" : "ready");
  await warnWhenFull();
}

// Not while a tab has it open: there it may have been changed meanwhile.
async function sendAgain(uid) {
  const release = await hold(uid);
  if (!release) return;
  try { await handOver(await load(uid, person)); } catch { say("full"); } finally { release(); }
}

async function warnWhenFull() {
  const { usage = 0, quota = 0 } = await navigator.storage?.estimate?.() || {};
  if (quota && usage / quota > 0.8) say("full");
}

async function carryAway(event) {
  event.preventDefault();
  const content = await packed(person, document.getElementById("export-password").value);
  if (!content) { say("nothing"); return; }
  saveAsFile(content);
  say("saved");
}

async function bringIn(event) {
  event.preventDefault();
  const [file] = document.getElementById("import-file").files;
  if (!file) return;
  const outcome = await unpacked(person, await file.text(), document.getElementById("import-password").value);
  await show();
  say(outcome);
}

async function start() {
  outbox.hidden = false;
  outbox.querySelector("[data-send]").addEventListener("click", () => send({ again: true }));
  outbox.querySelector("[data-export]").addEventListener("submit", carryAway);
  outbox.querySelector("[data-import]").addEventListener("submit", bringIn);
  onChange(show);
  addEventListener("online", () => send());
  await show();
  await send();
}

if (crypto.subtle && navigator.locks) start();
