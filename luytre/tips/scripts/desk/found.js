// The desk's certifying key, made here and sealed to each holder whose fingerprint was compared, and to one's own key.
import { framed } from "../seal/bytes.js";
import { fingerprintOf, sealCertifier } from "../seal/desk.js";
import { fingerprint, newSigner, publicOf } from "../seal/signing.js";
import { $, $$, attempt, post, say, setting } from "./page.js";

export async function found(box) {
  const keys = new Map(setting.holders.map((one) => [one.id, one]));
  const rows = $$("[data-holder]", box);
  for (const row of rows) $("[data-fingerprint]", row).textContent = fingerprintOf(keys.get(row.dataset.holder));
  const form = $("[data-found]", box), status = $("[data-status]", form);
  form.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const compared = rows.filter((row) => $("[data-compared]", row)?.checked ?? true).map((row) => keys.get(row.dataset.holder));
    if (compared.length < 2) return (status.textContent = say("compare_first"));
    return attempt(status, say("sealing"), [$("button", form)], async () => {
      $("[data-certifier]", box).textContent = fingerprint(await make(compared));
      form.hidden = true;
      $("[data-founded]", box).hidden = false;
      $("[data-founded]", box).focus();
    });
  });
}

async function make(holders) {
  const signer = newSigner();
  const files = [];
  for (const one of holders) files.push(await sealCertifier(signer, one.recipient));
  await post(setting.found, framed({ key: publicOf(signer), to: holders.map((one) => one.id) }, files));
  return publicOf(signer);
}
