// What a page gains from JavaScript; every page works without it.

import { putBack, written } from "./written.js";

const storage = {
  read(key) { try { return localStorage.getItem(key); } catch { return null; } },
  write(key, value) { try { localStorage.setItem(key, value); } catch { /* storage is full or closed: nothing is kept */ } },
  drop(key) { try { localStorage.removeItem(key); } catch { /* as above */ } },
  keys(start) { try { return Object.keys(localStorage).filter((key) => key.startsWith(start)); } catch { return []; } },
};

// Drafts: a form with data-draft="name" keeps what was written on this device until it is sent.
const DRAFT = "draft:", SENT = "draft-sent", DAYS = 7;
const draftKey = (form) => `${DRAFT}${document.body.dataset.person || "anyone"}:${form.dataset.draft}`;

function keepDraft(form) {
  const key = draftKey(form), first = JSON.stringify(written(form));
  const kept = JSON.parse(storage.read(key) || "null");
  const isFresh = kept && Date.now() - kept.at < DAYS * 864e5;
  if (isFresh && !form.querySelector("[aria-invalid]") && JSON.stringify(kept.values) !== first) {
    putBack(form, kept.values);
    const notice = document.getElementById("draft-notice").content.firstElementChild.cloneNode(true);
    notice.querySelector("button").addEventListener("click", () => { storage.drop(key); putBack(form, JSON.parse(first)); notice.remove(); });
    form.prepend(notice);
  }
  form.addEventListener("input", () => storage.write(key, JSON.stringify({ at: Date.now(), values: written(form) })));
  form.addEventListener("submit", () => storage.write(SENT, key));
}

function clearDrafts() {
  const sent = storage.read(SENT);
  if (sent && document.querySelector('[data-outcome="success"]')) storage.drop(sent);
  storage.drop(SENT);
  for (const key of storage.keys(DRAFT)) {
    const kept = JSON.parse(storage.read(key) || "null");
    if (!kept || Date.now() - kept.at > DAYS * 864e5) storage.drop(key);
  }
}

// A form is sent once, however often the button is pressed; data-many marks a button that may be pressed again.
function sendOnce(event) {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented || event.submitter?.hasAttribute("data-many")) return;
  if (form.dataset.sent) { event.preventDefault(); return; }
  form.dataset.sent = "yes";
  setTimeout(() => delete form.dataset.sent, 8000);
}

// The theme changes at once; the cookie tells the server for the next page.
function switchTheme(event) {
  const form = event.target.closest("[data-theme-switch]");
  if (!form) return;
  event.preventDefault();
  const theme = event.submitter?.value || "";
  if (theme) document.documentElement.dataset.theme = theme; else delete document.documentElement.dataset.theme;
  for (const button of document.querySelectorAll("[data-theme-switch] button")) button.setAttribute("aria-pressed", String(button.value === theme));
  const secure = location.protocol === "https:" ? "; Secure" : "";
  document.cookie = `luytre_theme=${theme}; Path=/; Max-Age=${theme ? 31536000 : 0}; SameSite=Lax${secure}`;
}

// Keyboard shortcuts; they can be turned off, since some people dictate to their device.
const OFF = "shortcuts-off";
const overlay = document.getElementById("shortcuts");
let before = "";

function follow(key) {
  const chosen = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
  if (chosen) chosen.click();
  return Boolean(chosen);
}

function lookFor() {
  const box = document.querySelector("[data-search], main input[type=search]");
  if (box && box !== document.activeElement) box.focus(); else document.querySelector("[data-find]")?.click();
}

function press(event) {
  const typing = event.target.closest?.("input, select, textarea, [contenteditable]");
  if (typing || event.ctrlKey || event.altKey || event.metaKey || storage.read(OFF) || overlay.open) return;
  const key = event.key, last = before;
  before = key === "g" ? "g" : "";
  let done = true;
  if (last === "g" && key === "h") document.querySelector("[data-home], .brand")?.click();
  else if (key === "?") overlay.showModal();
  else if (key === "/") lookFor();
  else done = key.length === 1 && follow(key);
  if (done) event.preventDefault();
}

function openShortcuts() {
  const box = overlay.querySelector("[data-shortcuts-on]");
  box.checked = !storage.read(OFF);
  box.addEventListener("change", () => (box.checked ? storage.drop(OFF) : storage.write(OFF, "yes")));
  for (const button of document.querySelectorAll("[data-open-shortcuts]")) {
    button.hidden = false;
    button.addEventListener("click", () => overlay.showModal());
  }
}

function closeMenus(event) {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    const leaves = event.type === "keydown" ? event.key === "Escape" : !menu.contains(event.target);
    if (leaves) { menu.open = false; if (event.type === "keydown") menu.querySelector("summary").focus(); }
  }
}

// A table that is wider than its place is moved with the arrow keys too.
function reachScrollers() {
  for (const box of document.querySelectorAll(".scroll")) {
    if (box.scrollWidth > box.clientWidth) box.tabIndex = 0; else if (!box.hasAttribute("role")) box.removeAttribute("tabindex");
  }
}

clearDrafts();
reachScrollers();
addEventListener("resize", reachScrollers);
// Forms that work without network keep locked drafts of their own, where the browser can lock.
const locksItself = (form) => form.dataset.offline && crypto.subtle && navigator.locks;
for (const form of document.querySelectorAll("form[data-draft]")) if (!locksItself(form)) keepDraft(form);
document.querySelector("[data-focus]")?.focus();
openShortcuts();
document.addEventListener("submit", (event) => {
  switchTheme(event);
  if (event.target.matches("[data-sign-out]")) storage.keys(DRAFT).forEach(storage.drop);
  sendOnce(event);
});
document.addEventListener("keydown", press);
document.addEventListener("keydown", closeMenus);
document.addEventListener("click", closeMenus);
addEventListener("pageshow", (event) => { if (event.persisted) for (const form of document.forms) delete form.dataset.sent; });
document.addEventListener("htmx:afterRequest", (event) => { const form = event.target.closest?.("form"); if (form) delete form.dataset.sent; });
document.addEventListener("htmx:afterSwap", () => { document.querySelector("[data-focus]")?.focus(); reachScrollers(); });
