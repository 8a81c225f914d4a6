// Coming back with the ten words: how far it is, the conversation both ways, more to say.
import { framed, text, unframed, utf8 } from "./seal/bytes.js";
import { checked } from "./seal/chain.js";
import { WrongWords, derived, parsed } from "./seal/code.js";
import { Broken, START, acknowledged, openPart, ordered, receipt, sealPart } from "./seal/part.js";
import { Forged, publicOf } from "./seal/signing.js";
import { speakersOf } from "./seal/speakers.js";
import { keysFromCode } from "./seal/tip.js";
import { gather, sendFiles } from "./reporting/files.js";
import { begin } from "./reporting/leaving.js";
import { exchange } from "./reporting/newwords.js";
import { $, $$, complain, dayOf, hourOf, inFours, kilobytes, made, notice, say, setting, showOnly } from "./reporting/page.js";
import { Refusal, ask, json, post } from "./reporting/sending.js";
import { offerSpeech } from "./reporting/speech.js";

const READ = 2; // larger parts of one's own are files: not fetched again
const sections = $$("section[data-step]");
const section = (name) => sections.find((one) => one.dataset.step === name);
const lang = location.search;
const chosen = [];
let talk = null;

async function open() {
  const input = $("#code");
  const busy = $("[data-busy]");
  complain(section("enter"), null);
  let words;
  try {
    words = parsed(input.value);
  } catch (error) {
    if (!(error instanceof WrongWords)) throw error;
    complain(section("enter"), say(`code_${error.kind}`, { word: error.word }), input);
    return;
  }
  busy.hidden = false;
  try {
    const code = await derived(words, setting.root);
    const answer = await ask(`/tips/sealed/conversation/${lang}`, { lookup: code.lookup });
    const { head, pieces } = unframed(answer.bytes);
    const keys = await keysFromCode(pieces[0], code);
    input.value = "";
    const lookup = head.once ? await exchange(section("words"), sections, keys, code.lookup) : code.lookup;
    talk = await read(head, keys, lookup);
    shown();
    showOnly(section("talk"), sections);
  } catch (error) {
    complain(section("enter"), say(faultOf(error)), input);
  } finally {
    busy.hidden = true;
  }
}

function faultOf(error) {
  if (error instanceof Refusal && error.status === 404) return "code_nothing";
  if (error instanceof TypeError || (error instanceof Refusal && error.why === "broken")) return "no_network";
  return "not_opened";
}

// Everything the server has of this tip, each part opened and checked; `faults` are told loudly.
async function read(head, keys, lookup) {
  const id = head.tip;
  const one = { id, head, lookup, ...keys, parts: [], faults: [], isTrusted: false };
  const isSpeaker = speakersOf(listsOf(head, keys, one), head.ways);
  const mine = await partsOf("reporter", one);
  const theirs = await partsOf("desk", one);
  one.digests = head.parts.filter((part) => part.direction === "reporter").map((part) => part.digest);
  guarded(one, () => checkMine(mine, one));
  // Without a list that holds nobody can say who speaks for the desk: then nothing of it is shown.
  if (!one.untrusted) guarded(one, () => {
    const about = { tip: id, direction: "desk", onlyLast: true, isSpeaker };
    ordered(theirs, about);
    one.read = acknowledged(theirs, one.digests.map((digest) => ({ digest })));
    // What we said we had seen of the desk must still be there.
    acknowledged(mine.filter((part) => part.head), theirs);
  });
  one.last = one.digests.length ? { number: one.digests.length, digest: one.digests.at(-1) } : START;
  const latest = theirs.at(-1);
  one.seen = latest ? { number: latest.head.number, digest: latest.digest } : START;
  one.parts = [...mine, ...(one.faults.length || one.untrusted ? [] : theirs)];
  one.isTrusted = one.isTrusted && !one.faults.length;
  return one;
}

function guarded(one, check) {
  try {
    check();
  } catch (error) {
    one.faults.push(error instanceof Forged ? "forged" : "missing");
  }
}

// What says who may speak for the desks that had the tip. The present one's list must hold.
function listsOf(head, keys, one) {
  const lists = [];
  for (const [desk, chain] of Object.entries(head.chains)) {
    try {
      lists.push(checked(chain, { root: setting.root, desk, atLeast: desk === keys.desk ? keys.list : 0 }));
      if (desk === head.desk) one.isTrusted = true;
    } catch {
      if (desk === head.desk) one.untrusted = true;
    }
  }
  if (!head.chains[head.desk]) one.untrusted = true;
  return lists;
}

async function partsOf(direction, one) {
  const found = [];
  for (const described of one.head.parts.filter((part) => part.direction === direction)) {
    if (direction === "reporter" && described.rung > READ) {
      found.push({ ...described, head: null });
      continue;
    }
    try {
      const sealed = await ask(`/tips/sealed/part/${lang}`, { lookup: one.lookup, digest: described.digest });
      const part = await openPart(sealed.bytes, one.identity);
      if (part.digest !== described.digest) throw new Broken("another part");
      found.push({ ...described, ...part });
    } catch (error) {
      if (error instanceof TypeError || (error instanceof Refusal && error.why === "broken")) throw error;
      one.faults.push(error instanceof Forged ? "forged" : "missing");
    }
  }
  return found;
}

// Our own parts: each in its place, after the one before, signed with the key made with the tip.
function checkMine(parts, one) {
  const key = publicOf(one.signer);
  parts.forEach((part, place) => {
    if (part.number !== place + 1) throw new Broken("a part is missing");
    if (!part.head) return;
    const { head } = part;
    if (head.tip !== one.id || head.direction !== "reporter" || head.by !== key) throw new Forged("not ours");
    if (head.number !== part.number || head.previous !== (one.digests[place - 1] ?? "")) throw new Broken("out of order");
  });
}

function shown() {
  const { head } = talk;
  $("[data-state]").textContent = say(`state_${head.state}`);
  $("[data-received]").textContent = say("received", { day: dayOf(head.received), desk: head.name });
  $("[data-due]").replaceChildren(...head.clocks.map((one) => made("li", {}, clockWords(one))));
  $("[data-above]").replaceChildren(...head.above.map(aboveChoice));
  $("[data-complaint]").hidden = !head.above.length;
  const steps = head.steps.map((one) => made("li", {}, made("b", {}, setting.words[`verb_${one.verb}`] ?? ""), ` ${hourOf(one.at)}. ${one.desk}`));
  $("[data-steps]").replaceChildren(...steps);
  $("[data-warnings]").replaceChildren(...warnings());
  $("[data-parts]").replaceChildren(...talk.parts.slice().sort(inTime).map(part));
  $("[data-read]").textContent = talk.read ? say("read_by_desk", { count: talk.read, all: talk.digests.length }) : "";
  const first = talk.parts.find((one) => one.number === 1 && one.direction === "reporter");
  const promised = first?.head?.files ?? 0;
  const arrived = head.parts.filter((one) => one.direction === "reporter").length - 1;
  $("[data-missing-files]").textContent = promised > arrived ? say("files_left", { promised, arrived: Math.max(0, arrived) }) : "";
  $("[data-answer-form]").hidden = !talk.isTrusted;
  $("[data-receipt]").textContent = inFours(receipt(talk.digests.slice(0, 1)).slice(0, 16));
  $("[data-receipt-whole]").textContent = inFours(receipt(talk.digests));
  $("[data-receipt-count]").textContent = say("receipt_count", { count: talk.digests.length });
  $("[data-verdict]").hidden = !head.ask;
  for (const one of $$('input[name="settled"]')) one.checked = one.value === head.settled;
  $("[data-withdrawal]").hidden = ["withdrawn", "closed"].includes(head.state);
  const reach = [head.name, head.phone, head.address].filter(Boolean).join(". ");
  $("[data-reach]").textContent = reach;
}

// What the desk owes by law, and by when.
function clockWords({ words, due, stands }) {
  const kind = stands ? "due_stands" : due < nowHere() ? "due_past" : "due";
  return say(kind, { what: words, day: dayOf(due) });
}

const aboveChoice = ({ id, name }, place) =>
  made("label", {}, made("input", { type: "radio", name: "above", value: id, checked: place === 0 }), ` ${name}`);

// The hour in Vietnam, as the server tells hours.
const nowHere = () => new Date(Date.now() + 7 * 3600e3).toISOString().slice(0, 13);

// Within a direction by number; between the two by what each had seen.
function inTime(one, other) {
  if (one.direction === other.direction) return one.number - other.number;
  const [mine, theirs] = one.direction === "reporter" ? [one, other] : [other, one];
  const mineFirst = !mine.head || mine.head.seen[0] < theirs.head.number;
  return (one === mine) === mineFirst ? -1 : 1;
}

function warnings() {
  const told = [...new Set(talk.faults)].map((fault) => notice("late", say(`fault_${fault}`), say(`fault_${fault}_then`)));
  if (talk.untrusted) told.push(notice("late", say("untrusted"), say("untrusted_reading")));
  return told;
}

function part(one) {
  const mine = one.direction === "reporter";
  const who = made("p", { class: "muted small" }, say(mine ? "from_you" : "from_desk"));
  return made("li", { class: mine ? "mine" : "theirs" }, who, ...bodyOf(one, mine));
}

function bodyOf(one, mine) {
  const kind = one.head?.kind ?? "file";
  if (kind === "file") {
    const name = one.head?.name ?? say("a_file");
    const size = one.head ? ` (${kilobytes(one.head.size)})` : "";
    if (mine) return [made("p", { class: "told" }, `${name}${size}`)];
    const save = made("button", { type: "button", class: "button secondary small" }, say("save_file", { name }));
    save.addEventListener("click", () => download(one));
    return [made("p", { class: "told" }, `${name}${size}`), made("p", {}, save)];
  }
  const words = JSON.parse(text(one.body)).text ?? "";
  return [made("p", { class: "told" }, words)];
}

// As a plain download, whatever it says it is: nothing of it runs here.
function download({ head, body }) {
  const address = URL.createObjectURL(new Blob([body], { type: "application/octet-stream" }));
  const link = made("a", { href: address, download: head.name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

async function send() {
  const input = $("#message");
  const box = section("talk");
  if (!input.value.trim() && !chosen.length) {
    complain(box, say("say_something"), input);
    return;
  }
  complain(box, null);
  const status = $("[data-sending]");
  const buttons = $$("button", $("[data-answer-form]"));
  for (const one of buttons) one.disabled = true;
  try {
    if (input.value.trim()) {
      status.textContent = say("message_sending");
      const about = { tip: talk.id, direction: "reporter", kind: "message", before: talk.last, seen: talk.seen };
      const sealed = await sealPart(about, utf8(JSON.stringify({ text: input.value.trim() })), { recipient: talk.recipient, signer: talk.signer });
      await post(`/tips/sealed/parts/${lang}`, framed({ lookup: talk.lookup, rung: sealed.rung, number: sealed.number }, [sealed.sealed]), {
        waiting: (seconds) => (status.textContent = say("sending_waiting", { seconds })),
      });
      talk.last = { number: sealed.number, digest: sealed.digest };
      input.value = "";
    }
    await sendFiles(talk, chosen, { lang, tell: (words) => (status.textContent = words) });
    gathered.clear();
    await again();
    status.textContent = say("message_sent");
  } catch (error) {
    status.textContent = say(error instanceof Refusal ? (error.why === "many" ? "many" : "refused") : "no_network");
  } finally {
    for (const one of buttons) one.disabled = false;
  }
}

// The conversation anew, as the server has it now.
async function again() {
  const answer = await ask(`/tips/sealed/conversation/${lang}`, { lookup: talk.lookup });
  const { identity, signer, recipient, desk, list, lookup } = talk;
  talk = await read(unframed(answer.bytes).head, { identity, signer, recipient, desk, list }, lookup);
  shown();
}

async function settled() {
  const input = $('input[name="settled"]:checked');
  const status = $("[data-verdict-said]");
  if (!input) {
    status.textContent = say("choose_one");
    return;
  }
  try {
    json(await ask(`/tips/sealed/verdict/${lang}`, { lookup: talk.lookup, settled: input.value }));
    status.textContent = say("verdict_said");
    if (input.value !== "yes") $("[data-complain]").open = true;
  } catch {
    status.textContent = say("no_network");
  }
}

// Only that there is a complaint goes to the other desk; what is said about it is a new tip.
async function turn() {
  const status = $("[data-turned]");
  const input = $('input[name="above"]:checked');
  try {
    const { desk } = json(await ask(`/tips/sealed/complaint/${lang}`, { lookup: talk.lookup, desk: input?.value }));
    await again();
    status.textContent = say("turned", { desk });
  } catch (error) {
    status.textContent = say(error instanceof Refusal ? (error.why === "complained" ? "turned_before" : "refused") : "no_network");
  }
}

async function withdraw() {
  const status = $("[data-withdrawn]");
  try {
    json(await ask(`/tips/sealed/withdrawal/${lang}`, { lookup: talk.lookup }));
    await again();
    status.textContent = say("withdrawn");
  } catch (error) {
    status.textContent = say(error instanceof Refusal ? "refused" : "no_network");
  }
}

const CLICKS = { open, send, settled, turn, withdraw };
for (const [act, done] of Object.entries(CLICKS)) for (const one of $$(`[data-act="${act}"]`)) one.addEventListener("click", done);
$("#code").addEventListener("keydown", (event) => event.key === "Enter" && open());
const gathered = gather(section("talk"), chosen);
begin("enter", () => undefined);
offerSpeech();
document.documentElement.dataset.ready = "yes";
