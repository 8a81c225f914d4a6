// The officer's secrets: opened with words or a passkey, kept in this tab alone, gone after a quarter of an hour.
//
// Between two pages of one tab they lie in sessionStorage, sealed with a key that this browser made and never tells
// (IndexedDB keeps it without a way to read it out). A copy of the disk opens neither.
import { open, unlock } from "../seal/age.js";
import { base64, fromBase64, fromHex, text, utf8 } from "../seal/bytes.js";
import { checked, isOfficer } from "../seal/chain.js";
import { plain } from "../seal/code.js";
import { openCertifier, openEpoch } from "../seal/desk.js";
import { Forged, publicOf } from "../seal/signing.js";
import { $, $$, getJson, made, notice, say, setting, told } from "./page.js";
import { offerPasskey, unlockWithPasskey } from "./passkey.js";

const IDLE = 15 * 60 * 1000;
const KEPT = `luytre-${setting.role ?? "desk"}-${setting.desk}`; // one person may have several keys at a desk
const STORE = "luytre-desk";
export let secrets = null; // {identity, signer, key, epochs: {number: identity}, certifier}
const waiting = [];
let used = Date.now();

// Resolves when the desk is unlocked, now or later.
export const unlocked = () => (secrets ? Promise.resolve(secrets) : new Promise((done) => waiting.push(done)));

function database(mode, act) {
  return new Promise((done, failed) => {
    const request = indexedDB.open(STORE, 1);
    request.onupgradeneeded = () => request.result.createObjectStore("keys");
    request.onerror = () => failed(request.error);
    request.onsuccess = () => {
      const asked = act(request.result.transaction("keys", mode).objectStore("keys"));
      asked.onsuccess = () => done(asked.result);
      asked.onerror = () => failed(asked.error);
    };
  });
}

async function tabKey() {
  const there = await database("readonly", (store) => store.get("tab"));
  if (there) return there;
  const key = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  await database("readwrite", (store) => store.put(key, "tab"));
  return key;
}

async function keep() {
  if (!crypto.subtle) return; // not a secure address: the secrets end with the page
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const said = utf8(JSON.stringify({ person: setting.person, until: used + IDLE, ...secrets, list: undefined }));
  const sealed = new Uint8Array(await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await tabKey(), said));
  sessionStorage.setItem(KEPT, `${base64(iv)}.${base64(sealed)}`);
}

async function found() {
  const kept = sessionStorage.getItem(KEPT);
  if (!kept || !crypto.subtle) return null;
  try {
    const [iv, sealed] = kept.split(".").map(fromBase64);
    const said = JSON.parse(text(new Uint8Array(await crypto.subtle.decrypt({ name: "AES-GCM", iv }, await tabKey(), sealed))));
    return said.until > Date.now() && said.person === setting.person ? said : null;
  } catch {
    return null;
  }
}

export function lock() {
  sessionStorage.removeItem(KEPT);
  secrets = null;
  location.reload();
}

// Words are typed with marks or without.
async function unlockWithWords(file, typed) {
  const asTyped = typed.normalize("NFC").trim().replace(/\s+/gu, " ");
  const without = asTyped.split(" ").map(plain).join(" ");
  try {
    return await unlock(file, without);
  } catch (error) {
    if (asTyped === without) throw error;
    return unlock(file, asTyped);
  }
}

async function opened(answer, own) {
  const { identity, signer } = JSON.parse(text(own));
  if (publicOf(signer) !== answer.key) throw new Forged("another key than the desk knows");
  const certifier = answer.certifier ? await openCertifier(fromHex(answer.certifier), identity) : undefined;
  return withEpochs({ identity, signer, key: answer.key, epochs: {}, certifier }, answer);
}

// The desk may have a newer key, or older ones were handed on, since the tab was unlocked.
async function withEpochs(known, answer) {
  for (const [number, sealed] of Object.entries(answer.epochs ?? {})) known.epochs[number] ??= await openEpoch(fromHex(sealed), known.identity);
  return known;
}

function check(chain) {
  const list = checked(chain, { root: setting.root, desk: setting.desk });
  if (!isOfficer(list, secrets.key)) throw new Forged("not on the desk's list");
  return list;
}

// The clock is asked, not a timer: a machine that slept wakes up locked.
function watch() {
  if (Date.now() > used + IDLE) lock();
  else keep();
}

async function begin(found, answer) {
  secrets = found;
  used = Date.now();
  await keep();
  for (const event of ["keydown", "pointerdown", "scroll"]) addEventListener(event, () => (used = Date.now()), { passive: true });
  setInterval(watch, 15 * 1000);
  document.addEventListener("visibilitychange", () => document.hidden || watch());
  for (const box of $$("[data-locked]")) box.hidden = true;
  for (const box of $$("[data-unlocked]")) box.hidden = false;
  waiting.splice(0).forEach((done) => done(secrets));
  if (answer.id) offerPasskey({ id: answer.id, hasPasskey: Boolean(answer.passkey), ...secrets });
}

// The desk's signed list, checked from the root down; null, and said so, when it does not hold.
let list;
export async function deskList() {
  if (list !== undefined) return list;
  try {
    list = check((await getJson(setting.keys)).chain);
  } catch (error) {
    list = null;
    $("[data-keys-wrong]")?.replaceChildren(notice("late", say("list_wrong"), say("list_wrong_then")));
    console.info(error.message);
  }
  return list;
}

export async function start() {
  const kept = await found();
  for (const button of $$("[data-lock]")) button.addEventListener("click", lock);
  for (const form of $$("[data-sign-out]")) form.addEventListener("submit", () => sessionStorage.removeItem(KEPT));
  for (const form of $$("[data-unlock]")) prepare(form);
  const answer = kept && (await getJson(setting.keys).catch(() => ({})));
  if (kept) await begin(await withEpochs(kept, answer), answer);
  else for (const box of $$("[data-locked]")) box.hidden = false;
}

function prepare(form) {
  const wrong = $("[data-wrong]", form);
  const passkey = $("[data-passkey-unlock]", form);
  let asked = null;
  const answer = () => (asked ??= getJson(setting.keys));
  async function attempt(how) {
    wrong.hidden = true;
    const buttons = $$("button", form);
    buttons.forEach((one) => (one.disabled = true));
    $("[data-busy]", form).hidden = false;
    try {
      const said = await answer();
      await begin(await opened(said, await how(said)), said);
      $("input", form).value = "";
    } catch (error) {
      console.info(error.message);
      if (error.why) asked = null;
      wrong.textContent = error.why ? told(error) : error instanceof Forged ? say("unlock_forged") : say("unlock_wrong");
      wrong.hidden = false;
      wrong.focus();
    } finally {
      buttons.forEach((one) => (one.disabled = false));
      $("[data-busy]", form).hidden = true;
    }
  }
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    attempt((said) => unlockWithWords(said.locked, $("input", form).value));
  });
  passkey?.addEventListener("click", () => attempt((said) => unlockWithPasskey(said.passkey)));
  if (passkey && window.PublicKeyCredential) answer().then((said) => (passkey.hidden = !said.passkey), () => {});
}

// The keys of one tip, from the wrapping that was sealed to an epoch of this desk.
export async function tipKeys(wrapping, epoch) {
  const identity = secrets.epochs[epoch];
  if (!identity) throw new Forged(`no key for epoch ${epoch}`);
  const bytes = await open(wrapping, identity);
  return JSON.parse(new TextDecoder().decode(bytes));
}

export const cannotOpen = () => made("p", { class: "errorlist" }, say("cannot_open"));
