// Who a reporter is, opened by two custodians: one takes the outer seal off, the one who asked opens what is left and reads.
import { open } from "../seal/age.js";
import { framed, fromBase64 } from "../seal/bytes.js";
import { unpadded } from "../seal/tip.js";
import { secrets, unlocked } from "./keys.js";
import { $, $$, getBytes, post, say, told } from "./page.js";

export async function custody(box) {
  await unlocked();
  for (const form of $$("[data-agree]", box)) doing(form, () => agree(form));
  for (const form of $$("[data-open]", box)) doing(form, () => read(form));
}

function doing(form, act) {
  const status = $("[data-status]", form);
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    $("button", form).disabled = true;
    status.textContent = say("opening_identity");
    try {
      await act();
      status.textContent = "";
    } catch (error) {
      console.info(error.message);
      status.textContent = told(error);
      $("button", form).disabled = false;
    }
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
