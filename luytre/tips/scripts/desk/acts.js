// Acts that need the officer's keys before their form is sent: a letter to the reporter, a key for the next desk, and the
// search for the same tip. What the server is posted never has a word of the tip.
import { base64 } from "../seal/bytes.js";
import { checked } from "../seal/chain.js";
import { wrapAgain } from "../seal/desk.js";
import { fetchRows, heading } from "./inbox.js";
import { speak } from "./opening.js";
import { $, $$, fold, getJson, made, say, setting, told } from "./page.js";

// Passing on needs the tip's keys: until the tip is open its button waits.
export const holdBack = (box, waits = true) => {
  for (const button of $$('form[data-act="transfer"] button', box)) button.disabled = waits;
};

export function actsOf(box, tip, parts) {
  const matter = $("[data-matter-said]", box)?.dataset.matterSaid;
  const field = $("[name=classify-matter]", box);
  if (field && !field.value && matter) field.value = matter;
  for (const letter of $$("[data-letter]", box)) letter.disabled = false;
  for (const form of $$("form[data-act]", box)) {
    const prepare = form.dataset.act === "transfer" ? wrapped : form.querySelector("[data-letter]") ? lettered : null;
    if (prepare) before(form, () => prepare(form, tip, parts));
    if (form.dataset.act === "join") same(form, tip);
  }
  holdBack(box, false);
}

// The form is sent when `act` is done; what went wrong is said and nothing is sent.
function before(form, act) {
  const status = $("[data-status]", form);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    event.stopImmediatePropagation();
    status.textContent = say("sealing");
    try {
      await act();
      form.submit();
    } catch (error) {
      console.info(error.message);
      status.textContent = told(error);
    }
  });
}

// The tip's keys, wrapped to the epoch that the next desk's signed list names, checked from the root down.
async function wrapped(form, tip) {
  const desk = form.elements["transfer-to_desk"].value;
  if (!desk) return;
  const { chain } = await getJson(`${setting.chain}${desk}/`);
  const list = checked(chain, { root: setting.root, desk });
  form.elements["transfer-wrapping"].value = base64(await wrapAgain(tip.keys, list.epoch.recipient));
}

async function lettered(form, tip, parts) {
  const field = $("[data-letter]", form);
  const words = field.value.trim();
  if (!words) return;
  parts.desk.push(await speak(tip, parts, words));
  field.value = "";
}

const MOST = 200;
const SHOWN = 5;

// Earlier tips of this desk that share the most words with this one; nothing is compared by the server.
function same(form, tip) {
  const box = $("[data-same]", form), field = form.elements["join-other"];
  if (!box) return;
  const button = made("button", { type: "button", class: "button secondary small" }, say("find_same"));
  const status = made("p", { role: "status" });
  const list = made("div", { class: "choices" });
  box.append(button, status, list);
  button.addEventListener("click", async () => {
    status.textContent = say("finding");
    const mine = wordsOf(tip.keys.heading.text);
    const found = [];
    try {
      for (let mark = "", seen = 0; seen < MOST; ) {
        const page = await fetchRows(mark ? new URLSearchParams({ after: mark }) : "");
        for (const row of page.rows) {
          if (row.id === setting.tip || row.received > tip.head.received) continue;
          const said = await heading(row);
          const score = said ? alike(mine, wordsOf(said.text)) : 0;
          if (score > 0.15) found.push({ row, said, score });
        }
        seen += page.rows.length;
        mark = page.more;
        if (!mark) break;
      }
    } catch (error) {
      status.textContent = told(error);
      return;
    }
    found.sort((one, other) => other.score - one.score);
    status.textContent = say(found.length ? "same_found" : "same_none", { count: Math.min(found.length, SHOWN) });
    list.replaceChildren(...found.slice(0, SHOWN).map(({ row, said }) => pick(row, said, field)));
  });
}

function pick(row, said, field) {
  const input = made("input", { type: "radio", name: "same", value: row.id });
  input.addEventListener("change", () => (field.value = row.id));
  return made("label", {}, input, ` ${row.id.slice(0, 8)} · ${said.text.slice(0, 160)}`);
}

const wordsOf = (words) => new Set(fold(words).match(/[\p{L}\p{N}]+/gu) ?? []);

function alike(one, other) {
  let shared = 0;
  for (const word of one) if (other.has(word)) shared += 1;
  return shared / Math.max(1, one.size + other.size - shared);
}
