// A form that works without network: what is written is locked and kept here until the server has it.

import { isKept, putBack, written } from "../written.js";
import { askForTheBackground, delivered, flush, probe, sendStraight, watched } from "./outbox.js";
import { shrunk, smaller } from "./photos.js";
import { packed, saveAsFile } from "./portable.js";
import { all, dropPhoto, forget, handOver, hold, isFull, keepPhoto, load, photosOf, save } from "./store.js";
import { answersOf, homeless } from "./changed.js";

const person = document.body.dataset.person;
const asked = new URLSearchParams(location.hash.slice(1)).get("draft");

class FieldForm {
  constructor(form) {
    this.form = form;
    this.uid = form.elements.namedItem("uid");
    this.item = null;
    this.release = null;
    this.saving = Promise.resolve();
    this.unkept = []; // photos for which the device had no room: they stand on this page only
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
    const keepNow = () => { if (this.timer) this.keep().catch(() => { /* told on the page */ }); };
    this.form.addEventListener("input", (event) => {
      if (!isKept(event.target)) return;
      clearTimeout(this.timer);
      this.timer = setTimeout(keepNow, 300);
    });
    this.form.addEventListener("submit", (event) => { event.preventDefault(); this.submit(); });
    this.form.querySelector("[data-save-as-file]").addEventListener("click", () => this.saveToFile());
    addEventListener("pagehide", keepNow);
    document.addEventListener("visibilitychange", () => { if (document.hidden) keepNow(); });
    await this.startPhotos();
    this.form.dataset.ready = "yes";
  }

  fresh() {
    return { uid: this.uid.value, person, register: this.form.dataset.offline, arrivals: this.form.dataset.arrivals,
      page: location.pathname, state: "draft", position: 0, at: Date.now(), values: [] };
  }

  // A kept page has the day on which it was kept; a phone that says an earlier one has a wrong clock.
  renewDay() {
    const today = new Intl.DateTimeFormat("en-CA", { timeZone: "Asia/Ho_Chi_Minh" }).format(new Date());
    if (today < this.form.dataset.day) return;
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
    this.item = { ...kept, homeless: [...kept.homeless || [], ...homeless(this.form, kept)] };
    this.showHomeless();
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
      this.showHomeless();
      await this.listPhotos();
    });
    this.form.prepend(notice);
  }

  // What was answered and the form no longer asks for, until it is sent.
  showHomeless() {
    const notice = this.form.querySelector("[data-homeless]"), lost = this.item.homeless || [];
    notice.hidden = lost.length === 0;
    notice.querySelector("ul").replaceChildren(...lost.map((words) => Object.assign(document.createElement("li"), { textContent: words })));
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
    const mayHaveArrived = this.item.position > 0 || this.item.isTried;
    this.item = { ...this.item, state: "draft", values, answers: answersOf(this.form), summary: this.summary(), at: Date.now(),
      isEdited: Boolean(this.item.isEdited || (mayHaveArrived && isChanged)), url: isChanged ? "" : this.item.url };
    this.saving = this.saving.catch(() => { /* said before */ }).then(() => save(this.item)).then(() => this.sayKept(true), (error) => { this.sayKept(false); throw error; });
    if (!this.hasAsked) navigator.storage?.persist?.();
    this.hasAsked = true;
    return this.saving;
  }

  sayKept(isKeptHere) {
    const isAll = isKeptHere && !this.unkept.length;
    this.form.querySelector("[data-saved]").hidden = !isAll;
    this.form.querySelector("[data-full]").hidden = isAll;
  }

  // While it is on its way nothing more is written into it; the button stays where it is.
  async submit() {
    if (this.isSending) return;
    this.isSending = true;
    const button = this.form.querySelector(".form-actions button"), parts = [...this.form.children].filter((part) => !part.contains(button));
    for (const part of parts) part.inert = true;
    button.setAttribute("aria-busy", "true");
    try { await this.send(); } catch { this.sayKept(false); } finally {
      this.isSending = false;
      button.removeAttribute("aria-busy");
      for (const part of parts) part.inert = false;
    }
  }

  // The order is: keep, then send. Whatever happens on the way, it is kept.
  async send() {
    if (!this.form.checkValidity() && !(await probe())) { this.mend(this.missing()); return; }
    watched.add(this.item.uid);
    try {
      await this.keep();
      if (this.unkept.length && !(await this.keepPhotosAgain())) throw new Error("no room");
      await handOver(this.item);
    } catch { await this.goStraight(); return; }
    const sending = flush({ now: true, patient: true, mine: this.item.uid });
    await askForTheBackground(); // the page may be closed while it is on its way
    await sending.catch(() => { /* it is kept and waits */ });
    const kept = await load(this.item.uid, person);
    if (!kept?.problems?.length) this.release?.();
    if (!kept) { location.assign(delivered.get(this.item.uid) || `${this.form.dataset.list}#sent`); return; }
    if (kept?.problems?.length) {
      this.item = { ...kept, state: "draft" };
      this.mend(kept.problems);
      await save(this.item);
      return;
    }
    location.assign(`${this.form.dataset.list}#kept`);
  }

  // No room to keep it: what waits goes first, then this one straight from the page; without network it stays on the screen.
  async goStraight() {
    await flush({ now: true, patient: true }).catch(() => { /* said on the page of what waits */ });
    const { outcome, url = "", refusal } = await sendStraight(this.item, this.unkept);
    if (outcome === "done") { location.assign(url); return; }
    this.item = { ...this.item, isTried: true, url };
    this.sayKept(false);
    if (refusal?.errors?.length) this.mend(refusal.errors);
    else if (refusal || outcome === "signed out") this.mend([{ messages: [this.word(refusal ? refusal.message || "refused-by-server" : outcome)] }]);
    else this.form.querySelector("[data-full]").scrollIntoView({ block: "center" });
  }

  word(name) {
    return this.form.querySelector("[data-words]").content.querySelector(`[data-word="${CSS.escape(name)}"]`)?.textContent || name;
  }

  // The form as it stands here with all that waits, to carry away: the other way out of a full device.
  async saveToFile() {
    const password = this.form.querySelector("[data-file-password]").value;
    await this.keep().catch(() => { /* that is why */ });
    this.item = { ...this.item, isTried: true };
    saveAsFile(await packed(person, password, { open: this.item, unkept: this.unkept }));
    this.form.querySelector("[data-file-saved]").hidden = false;
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
        try { await this.takePhoto({ id: crypto.randomUUID(), name: file.name, type: "image/jpeg", blob: await shrunk(file) }); } catch { problem.hidden = false; }
      }
      picker.value = "";
      await this.keep().catch(() => { /* told on the page */ });
      await this.listPhotos();
    });
    await this.listPhotos();
  }

  async takePhoto(photo) {
    try { await keepPhoto(person, this.item.uid, photo, photo.id); } catch (error) {
      if (!isFull(error)) throw error;
      this.unkept.push(photo);
    }
  }

  // There may be room by now.
  async keepPhotosAgain() {
    const waiting = this.unkept;
    this.unkept = [];
    for (const photo of waiting) await this.takePhoto(photo);
    await this.listPhotos();
    return !this.unkept.length;
  }

  async makeSmaller(photo, line) {
    let { blob } = photo;
    while ((blob = await smaller(blob))) {
      try {
        await keepPhoto(person, this.item.uid, { name: photo.name, blob }, photo.id);
        this.unkept = this.unkept.filter((one) => one !== photo);
        await this.keep().catch(() => { /* told on the page */ });
        await this.listPhotos();
        return;
      } catch (error) { if (!isFull(error)) throw error; }
    }
    line.textContent = this.word("no-room-for-photo");
  }

  async listPhotos() {
    if (!this.photos) return;
    const list = this.photos.querySelector("[data-photo-list]");
    const rows = [...await photosOf(this.item.uid), ...this.unkept].map((photo) => {
      const row = this.photos.querySelector("[data-photo-row]").content.firstElementChild.cloneNode(true);
      row.querySelector("[data-name]").textContent = `${photo.name} (${Math.ceil((photo.blob?.size || photo.sealed.byteLength) / 1024)} KB)`;
      row.querySelector("[data-leave-out]").addEventListener("click", () => this.leaveOut(photo));
      if (photo.blob) this.offerSmaller(photo, row);
      return row;
    });
    list.replaceChildren(...rows);
  }

  offerSmaller(photo, row) {
    const button = row.querySelector("[data-smaller]"), line = row.querySelector("[data-no-room]");
    button.hidden = line.hidden = false;
    button.addEventListener("click", () => this.makeSmaller(photo, line));
  }

  async leaveOut(photo) {
    if (photo.blob) this.unkept = this.unkept.filter((one) => one !== photo);
    else await dropPhoto(photo.id);
    await this.keep().catch(() => { /* told on the page */ });
    await this.listPhotos();
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
