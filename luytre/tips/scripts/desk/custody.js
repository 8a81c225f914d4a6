// Who a reporter is, opened by two custodians: one takes the outer seal off, the one who asked opens what is left and reads.
import { open } from "../seal/age.js";
import { framed, fromBase64 } from "../seal/bytes.js";
import { unpadded } from "../seal/tip.js";
import { secrets, unlocked } from "./keys.js";
import { $, $$, attempt, getBytes, post, say } from "./page.js";

export async function custody(box) {
  await unlocked();
  for (const form of $$("[data-agree]", box)) doing(form, () => agree(form));
  for (const form of $$("[data-open]", box)) doing(form, () => read(form));
}

function doing(form, act) {
  const status = $("[data-status]", form);
  form.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    attempt(status, say("opening_identity"), [$("button", form)], async () => {
      await act();
      status.textContent = "";
    });
  });
}

async function agree(form) {
  const left = await open(await getBytes(form.dataset.agree), secrets.identity);
  await post(form.action, framed({}, [left]));
  location.reload();
}

// On this page and nowhere else; it goes with the page.
async function read(form) {
  const { sealed } = await post(form.action, framed({}, []));
  const { name, contact } = unpadded(await open(fromBase64(sealed), secrets.identity));
  const shown = $(`[data-identity="${form.dataset.open}"]`);
  $("[data-name]", shown).textContent = name || say("not_given");
  $("[data-contact]", shown).textContent = contact || say("not_given");
  shown.hidden = false;
  shown.focus();
  form.hidden = true;
}
