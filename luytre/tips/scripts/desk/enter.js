// A tip that an officer heard: sealed here like a reporter's, with a code that is handed over on a slip. The reporter
// replaces it when they first come back, so that then only they have it.
import { newTip } from "../seal/tip.js";
import { deskList, unlocked } from "./keys.js";
import { $, $$, attempt, made, notice, post, say, setting } from "./page.js";

export async function enter(box) {
  const form = $("[data-enter]", box);
  const named = $("[data-named]", form);
  for (const one of $$("[name=named]", form)) one.addEventListener("change", () => (named.hidden = form.elements.named.value !== "yes"));
  await unlocked();
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send(box, form);
  });
}

function whole(form) {
  const value = (name) => form.elements[name].value.trim();
  return {
    ...{ kind: value("matter") === "places" ? "place" : "tip", matter: value("matter"), urgent: form.elements.urgent.checked },
    ...{ text: value("text"), where: { area: setting.area, name: setting.place, exact: value("exact") } },
    ...{ when: value("when"), how: value("how"), persons: value("persons"), desk: setting.desk, language: setting.language },
  };
}

function send(box, form) {
  const status = $("[data-status]", form);
  const said = whole(form);
  const name = form.elements.named.value === "yes" ? form.elements.person.value.trim() : "";
  if (!said.text || !said.matter) {
    status.textContent = say("enter_missing");
    return $(said.text ? "[name=matter]" : "[name=text]", form).focus();
  }
  return attempt(status, say("sealing"), [$("button[type=submit]", form)], async () => {
    const list = await deskList();
    if (!list) throw Object.assign(new Error("list"), { why: "list" });
    const who = name ? { name, contact: form.elements.contact.value.trim() } : null;
    if (who && !list.custodians?.length) throw Object.assign(new Error("custodians"), { why: "custodians" });
    const tip = await newTip({ told: said, name: who, list, root: setting.root });
    const answer = await post(setting.heard, tip.posted);
    if (answer.receipt !== tip.receipt) throw Object.assign(new Error("receipt"), { why: "failed" });
    slip(box, form, tip, answer);
  });
}

function slip(box, form, tip, answer) {
  form.hidden = true;
  const card = $("[data-slip]", box);
  $("[data-words]", card).replaceChildren(...tip.words.map((word) => made("li", {}, word)));
  $("[data-receipt]", card).textContent = tip.receipt.slice(0, 32).replace(/(.{4})(?=.)/g, "$1 ");
  $("[data-open]", card).href = `${setting.one}${answer.tip}/`;
  $("[data-print]", card).addEventListener("click", () => window.print());
  card.hidden = false;
  $("h2", card).focus();
  $("[data-done]", box).replaceChildren(notice("done", say("entered"), say("entered_then")));
}
