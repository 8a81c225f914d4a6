// A form that works without network: what is written is locked and kept here until the server has it.

import { putBack, written } from "../written.js";
import { delivered, flush, probe, watched } from "./outbox.js";
import { shrunk } from "./photos.js";
import { all, dropPhoto, forget, handOver, hold, keepPhoto, load, photosOf, save } from "./store.js";

const person = document.body.dataset.person;
const asked = new URLSearchParams(location.hash.slice(1)).get("draft");

class FieldForm {
  constructor(form) {
    this.form = form;
    this.uid = form.elements.namedItem("uid");
    this.item = null;
    this.release = null;
    this.saving = Promise.resolve();
  }

  async start() {
    this.renewDay();
    const blank = written(this.form), hasErrors = this.form.querySelector("[aria-invalid]");
    const kept = hasErrors ? undefined : await this.takeUp();
    if (kept) this.show(kept, blank);
    else {
      if (!hasErrors) this.uid.value = crypto.randomUUID();
      this.item = await load(this.uid.value, person) || this.fresh();
      this.release = await hold(this.item.uid);
    }
    this.form.addEventListener("input", () => { clearTimeout(this.timer); this.timer = setTimeout(() => this.keep().catch(() => { /* no room: told when the button is pressed */ }), 300); });
    this.form.addEventListener("submit", (event) => { event.preventDefault(); this.submit(); });
    addEventListener("pagehide", () => { if (this.timer) this.keep().catch(() => { /* as above */ }); });
    await this.startPhotos();
    this.form.dataset.ready = "yes";
  }

  fresh() {
    return { uid: this.uid.value, person, register: this.form.dataset.offline, arrivals: this.form.dataset.arrivals,
      page: location.pathname, state: "draft", position: 0, at: Date.now(), values: [] };
  }

  // A kept page has the day on which it was kept.
  renewDay() {
    const today = new Intl.DateTimeFormat("en-CA", { timeZone: "Asia/Ho_Chi_Minh" }).format(new Date());
    for (const input of this.form.querySelectorAll("input[type=date]")) if (input.value === this.form.dataset.day) input.value = today;
  }

  // The last one that was left unfinished and that no other tab has open.
  async takeUp() {
    if (asked) return this.takeUpAsked();
    const drafts = (await all(person)).filter((one) => one.state === "draft" && one.register === this.form.dataset.offline && !one.isClosed);
    for (const one of drafts.sort((a, b) => b.at - a.at)) {
      this.release = await hold(one.uid);
      if (this.release) return one;
    }
    return undefined;
  }

  // The one that was asked for; it may be on its way at this very moment, and then there is nothing left to open.
  async takeUpAsked() {
    this.release = await hold(asked, { patient: true });
    const kept = await load(asked, person);
    if (!kept || kept.isClosed) location.replace(`${this.form.dataset.list}#sent`);
    return kept;
  }

  show(kept, blank) {
    this.item = kept;
    this.uid.value = kept.uid;
    putBack(this.form, kept.values);
    if (kept.problems?.length) this.mend(kept.problems);
    if (asked) return;
    const notice = document.getElementById("draft-notice").content.firstElementChild.cloneNode(true);
    notice.querySelector("button").addEventListener("click", async () => {
      await forget(this.item.uid);
      putBack(this.form, blank);
      this.release?.();
      this.uid.value = crypto.randomUUID();
      this.item = this.fresh();
      this.release = await hold(this.item.uid);
      notice.remove();
      await this.listPhotos();
    });
    this.form.prepend(notice);
  }

  // What tells this draft from another in the list: its day, its place, its first words.
  summary() {
    const said = [...this.form.elements].filter((input) => !input.closest("details")).map((input) => {
      if (input.type === "date") return input.value.split("-").reverse().join("/");
      if (input.tagName === "SELECT") return input.value && input.selectedOptions[0]?.textContent.trim();
      return input.type === "text" ? input.value.trim() : "";
    });
    return said.filter(Boolean).slice(0, 3).join(" · ");
  }

  keep() {
    clearTimeout(this.timer);
    this.timer = undefined;
    const values = written(this.form), isChanged = JSON.stringify(values) !== JSON.stringify(this.item.values);
    this.item = { ...this.item, state: "draft", values, summary: this.summary(), at: Date.now(), isEdited: this.item.isEdited || (Boolean(this.item.isTried) && isChanged) };
    this.saving = this.saving.catch(() => { /* said before */ }).then(() => save(this.item)).then(() => this.say());
    if (!this.hasAsked) navigator.storage?.persist?.();
    this.hasAsked = true;
    return this.saving;
  }

  say() {
    const said = this.form.querySelector("[data-saved]");
    if (said) said.hidden = false;
  }

  async submit() {
    if (this.isSending) return;
    this.isSending = true;
    const button = this.form.querySelector(".form-actions button");
    button.setAttribute("aria-busy", "true");
    try { await this.send(); } catch { await this.goByTheOrdinaryWay(); } finally { this.isSending = false; button.removeAttribute("aria-busy"); }
  }

  // The order is: keep, then send. Whatever happens on the way, it is kept.
  async send() {
    if (!this.form.checkValidity() && !(await probe())) { this.mend(this.missing()); return; }
    await this.keep();
    watched.add(this.item.uid);
    await handOver(this.item);
    this.release?.();
    await flush({ now: true, patient: true });
    const kept = await load(this.item.uid, person);
    if (!kept) { location.assign(delivered.get(this.item.uid) || `${this.form.dataset.list}#sent`); return; }
    if (kept?.problems?.length) {
      this.item = { ...kept, state: "draft" };
      this.release = await hold(kept.uid);
      await save(this.item);
      this.mend(kept.problems);
      return;
    }
    await this.askForTheBackground();
    location.assign(`${this.form.dataset.list}#kept`);
  }

  // The device could keep nothing: with network the page itself sends it, without it stays as it stands on the screen.
  async goByTheOrdinaryWay() {
    if (await probe()) this.form.submit();
    else this.form.querySelector("[data-full]").hidden = false;
  }

  async askForTheBackground() {
    try { await (await navigator.serviceWorker.getRegistration())?.sync?.register("outbox"); } catch { /* the next open page sends it */ }
  }

  missing() {
    return [...this.form.elements].filter((input) => input.willValidate && !input.validity.valid).map((input) => ({
      field: input.name, label: input.labels?.[0]?.firstChild.textContent.trim() || "", messages: [input.validationMessage] }));
  }

  // What must be mended, on top and at the field, as the server's own pages have it.
  mend(problems) {
    this.form.querySelectorAll(".error-summary, [data-said]").forEach((old) => old.remove());
    this.form.querySelectorAll(".field.wrong").forEach((old) => old.classList.remove("wrong"));
    const summary = document.getElementById("mend").content.firstElementChild.cloneNode(true);
    for (const { field, label, messages } of problems) {
      const named = field ? this.form.elements.namedItem(field) : null, input = named?.length && !named.tagName ? named[0] : named;
      const line = document.createElement("li"), words = `${label ? `${label}: ` : ""}${messages.join(" ")}`;
      if (input?.id) line.append(Object.assign(document.createElement("a"), { href: `#${input.id}`, textContent: words }));
      else line.textContent = words;
      summary.querySelector("ul").append(line);
      if (input) this.mark(input, messages);
    }
    this.form.prepend(summary);
    summary.focus();
  }

  mark(input, messages) {
    const place = input.closest(".field");
    input.closest("details")?.setAttribute("open", "");
    place?.classList.add("wrong");
    const list = Object.assign(document.createElement("ul"), { className: "errorlist" });
    list.dataset.said = "yes";
    for (const message of messages) list.append(Object.assign(document.createElement("li"), { textContent: message }));
    (place?.querySelector("label, legend") || input).after(list);
  }

  async startPhotos() {
    this.photos = this.form.querySelector("[data-photos]");
    if (!this.photos) return;
    this.photos.hidden = false;
    const picker = this.photos.querySelector("input[type=file]"), problem = this.photos.querySelector("[data-photo-problem]");
    picker.addEventListener("change", async () => {
      problem.hidden = true;
      for (const file of picker.files) {
        try { await keepPhoto(person, this.item.uid, { name: file.name, blob: await shrunk(file) }); } catch { problem.hidden = false; }
      }
      picker.value = "";
      await this.keep();
      await this.listPhotos();
    });
    await this.listPhotos();
  }

  async listPhotos() {
    if (!this.photos) return;
    const list = this.photos.querySelector("[data-photo-list]");
    const rows = (await photosOf(this.item.uid)).map((photo) => {
      const row = this.photos.querySelector("[data-photo-row]").content.firstElementChild.cloneNode(true);
      row.querySelector("[data-name]").textContent = `${photo.name} (${Math.ceil(photo.sealed.byteLength / 1024)} KB)`;
      row.querySelector("button").addEventListener("click", async () => { await dropPhoto(photo.id); await this.listPhotos(); });
      return row;
    });
    list.replaceChildren(...rows);
  }
}

async function putIntoCorrection(form) {
  const kept = asked && await load(asked, person);
  if (kept) putBack(form, kept.values);
}

if (person && crypto.subtle && navigator.locks) {
  const form = document.querySelector("form[data-offline]"), correction = document.querySelector("form[data-takes-drafts]");
  if (form) new FieldForm(form).start();
  if (correction) putIntoCorrection(correction);
}
