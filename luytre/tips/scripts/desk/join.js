// A new key: made here, locked with ten words that are shown once, with a passkey too if one likes; only its public half
// and what is locked leave.
import { lock } from "../seal/age.js";
import { framed, utf8 } from "../seal/bytes.js";
import { newCode, plain } from "../seal/code.js";
import { fingerprintOf, newOfficer } from "../seal/desk.js";
import { $, $$, attempt, made, post, say, setting } from "./page.js";
import { offerPasskey } from "./passkey.js";

const ASKED = 2; // words that are asked for before the page lets go

export async function join(box) {
  const steps = $$("[data-step]", box);
  const show = (name) => {
    for (const one of steps) one.hidden = one.dataset.step !== name;
    $(`[data-step=${name}] h2`, box)?.focus();
  };
  const words = newCode();
  const places = chosen(words.length);
  const key = newOfficer();
  $("[data-words]", box).replaceChildren(...words.map((word) => made("li", {}, word)));
  $$("[data-place]", box).forEach((label, at) => (label.textContent = say("word_number", { number: places[at] + 1 })));
  const make = $("[data-act=make]", box);
  make.addEventListener("click", () => show("words"));
  make.disabled = false; // it waited for this script
  $("[data-act=written]", box).addEventListener("click", () => show("confirm"));
  $("[data-act=again]", box).addEventListener("click", () => show("words"));
  $("form[data-step=confirm]", box).addEventListener("submit", (event) => {
    event.preventDefault();
    const status = $("[data-status]", event.target);
    const typed = $$("input", event.target).map((input) => plain(input.value.trim()));
    if (!places.every((place, at) => plain(words[place]) === typed[at])) return (status.textContent = say("words_differ"));
    return attempt(status, say("locking"), [$("button[type=submit]", event.target)], async () => {
      const id = (await send(await key, words)).key;
      $("[data-fingerprint]", box).textContent = fingerprintOf((await key).public);
      $("[data-words]", box).replaceChildren();
      show("done");
      offerPasskey({ id, hasPasskey: false, ...(await key).secret });
    });
  });
}

function chosen(count) {
  const places = new Set();
  while (places.size < ASKED) places.add(crypto.getRandomValues(new Uint8Array(1))[0] % count);
  return [...places].sort((one, other) => one - other);
}

async function send(key, words) {
  const locked = await lock(utf8(JSON.stringify(key.secret)), words.map(plain).join(" "));
  return post(setting.ask, framed({ ...key.public, locked }, []));
}
