// The reporter's way, one thing a page: nothing is written to storage or to the address, and nothing leaves before sealing.
import { START } from "./seal/part.js";
import { Closed, Expired, Older, checked } from "./seal/chain.js";
import { Forged } from "./seal/signing.js";
import { newTip, uuid } from "./seal/tip.js";
import { plain } from "./seal/code.js";
import { solved } from "./seal/work.js";
import { aloneIn } from "./reporting/conduct.js";
import { gather, sendFiles } from "./reporting/files.js";
import { begin, hold, letGo, step } from "./reporting/leaving.js";
import { $, $$, complain, inFours, made, notice, say, setting, showOnly } from "./reporting/page.js";
import { finder } from "./reporting/places.js";
import { Refusal, json, post } from "./reporting/sending.js";
import { hush, offerSpeech } from "./reporting/speech.js";

const STEPS = ["start", "matter", "what", "where", "when", "how", "persons", "files", "name", "desk", "check"];
const LEFT_OUT = { place: ["how", "persons"], feedback: ["how", "persons"] };
const LEAST = { what: 3, persons: 2 }; // words that tell what somebody did, beside those of the list
const sections = $$("section[data-step]");
const section = (name) => sections.find((one) => one.dataset.step === name);
const field = (name) => $(`[data-answer="${name}"]`);
const said = (name) => field(name)?.value.trim() ?? "";
const picked = (name) => $(`input[name="${name}"]:checked`);
const labelOf = (input) => input?.closest("label").textContent.trim() ?? "";
const lang = location.search;

const chosen = { place: null, desk: null, files: [] };
let desks = [];
let current = "start";
let back = null; // where "continue" leads after a change from the check page
let sent = null;

// What is told, in the form that `seal/tip.js` describes.
function told() {
  const matter = picked("matter")?.value ?? "";
  const kind = kindOf(matter);
  const persons = has("persons") && picked("persons")?.value === "yes" ? said("persons") : "";
  return {
    ...{ kind, matter: kind === "feedback" ? "" : matter, urgent: picked("when")?.value === "now", text: said("text") },
    where: { area: chosen.place?.code ?? "", name: chosen.place?.full ?? "", exact: said("exact") },
    when: [labelOf(picked("when")), said("when")].filter(Boolean).join(". "),
    how: has("how") ? [labelOf(picked("how")), said("how")].filter(Boolean).join(". ") : "",
    ...{ persons, desk: chosen.desk?.id ?? "", language: setting.language },
  };
}

const kindOf = (matter) => (matter === "feedback" ? "feedback" : matter === "places" ? "place" : "tip");
const has = (name) => !(LEFT_OUT[kindOf(picked("matter")?.value ?? "")] ?? []).includes(name);
const way = () => STEPS.filter(has);

// What a step asks for before it lets on: null, or the words of an error and its field.
const ASKED = {
  matter: () => (picked("matter") ? null : [say("choose_one"), $('input[name="matter"]')]),
  what() {
    if (!said("text")) return [say("say_what"), field("text")];
    return judged("what", field("text"));
  },
  where: () => (chosen.place ? null : [say("choose_place"), field("place")]),
  when: () => (picked("when") ? null : [say("choose_one"), $('input[name="when"]')]),
  persons() {
    if (picked("persons")?.value !== "yes") return picked("persons") ? null : [say("choose_one"), $('input[name="persons"]')];
    return said("persons") ? judged("persons", field("persons")) : [say("say_persons"), field("persons")];
  },
  name() {
    if (picked("named")?.value !== "yes") return picked("named") ? null : [say("choose_one"), $('input[name="named"]')];
    return said("name") ? null : [say("say_name"), field("name")];
  },
  desk: () => (chosen.desk ? null : [say("choose_desk"), $('input[name="desk"]')]),
};

function judged(name, input) {
  const alone = aloneIn(input.value, LEAST[name]);
  return alone && [say("rewrite", { words: alone.words, reason: setting.reasons[alone.about] }), input];
}

function show(name) {
  hush();
  current = name;
  const whole = way();
  const place = whole.indexOf(name);
  const progress = $("[data-progress]");
  progress.hidden = place < 1;
  if (place > 0) {
    $("[data-progress-words]").textContent = say("progress", { number: place, all: whole.length - 1 });
    $("[data-segments]").replaceChildren(
      ...whole.slice(1).map((_, at) => made("span", { class: at + 1 < place ? "done" : at + 1 === place ? "next" : "later" })),
    );
  }
  complain(section(name), null);
  ENTERED[name]?.();
  showOnly(section(name), sections);
}

function go(name) {
  step(name);
  show(name);
}

function next() {
  const wrong = ASKED[current]?.();
  if (wrong) {
    complain(section(current), ...wrong);
    return;
  }
  const whole = way();
  if (back && current !== "matter" && !(current === "where" && !chosen.desk)) {
    back = null;
    go("check");
  } else {
    go(whole[whole.indexOf(current) + 1]);
  }
}

// What a step shows of earlier answers.
const ENTERED = {
  matter: () => (back = null),
  persons: () => ($("[data-persons]").hidden = picked("persons")?.value !== "yes"),
  name: () => ($("[data-named]").hidden = picked("named")?.value !== "yes"),
  desk: offerDesks,
  check: checkAnswers,
};

// The browser's back and forward: within the questions until the tip is sent, then nowhere.
function returned(name) {
  if (sent) return;
  if (STEPS.includes(name)) show(name);
}

// Desks of the place's province; wrongdoing by officials passes the commune by.
async function offerDesks() {
  const list = $("[data-desks]");
  const skipped = picked("matter")?.value === "officials";
  $("[data-skipped]").hidden = !skipped;
  list.replaceChildren(made("p", { class: "loading" }, say("loading")));
  try {
    const answer = await fetch(`/tips/desks/${chosen.place.province}/${lang}`, { credentials: "omit" });
    if (!answer.ok) throw new Error(String(answer.status));
    desks = (await answer.json()).desks;
  } catch {
    list.replaceChildren(notice("late", say("no_network"), say("try_again_here")));
    list.append(made("p", { class: "form-actions" }, again(offerDesks)));
    return;
  }
  const fitting = desks.filter(
    (one) => (one.level !== "commune" || one.area === chosen.place.code) && !(skipped && one.kind === "commune"),
  );
  if (!fitting.some((one) => one.id === chosen.desk?.id)) chosen.desk = null;
  list.replaceChildren(...(fitting.length ? fitting.map(deskChoice) : [notice("near", say("no_desk"), say("no_desk_then"))]));
}

function deskChoice(desk) {
  const input = made("input", { type: "radio", name: "desk", value: desk.id });
  input.checked = desk.id === chosen.desk?.id;
  input.addEventListener("change", () => (chosen.desk = desk));
  return made("label", {}, input, made("span", {}, made("b", {}, desk.name), made("span", { class: "help" }, say(`desk_${desk.kind}`))));
}

function again(act) {
  const button = made("button", { type: "button", class: "button" }, say("again"));
  button.addEventListener("click", act);
  return button;
}

// Every answer with a way to change it.
function checkAnswers() {
  const words = told();
  const none = say("not_said");
  const lines = {
    matter: labelOf(picked("matter")),
    what: words.text,
    where: [words.where.name, words.where.exact].filter(Boolean).join(". "),
    when: words.when,
    how: words.how,
    persons: words.persons,
    files: chosen.files.map((one) => one.name).join(", "),
    name: named() ? say("named") : say("unnamed"),
    desk: chosen.desk?.name ?? "",
  };
  $("[data-answers]").replaceChildren(
    ...Object.entries(lines).filter(([name]) => has(name)).map(([name, answer]) => {
      const change = made("button", { type: "button", class: "button quiet small" }, say("change"), made("span", { class: "visually-hidden" }, ` ${say(`of_${name}`)}`));
      change.addEventListener("click", () => {
        back = "check";
        go(name);
      });
      return made("div", {}, made("dt", {}, say(`of_${name}`)), made("dd", {}, made("p", { class: "told" }, answer || none), change));
    }),
  );
  if (ready?.made) ready = null; // made of answers that may change
  if (chosen.desk) prepare();
}

const named = () => (picked("named")?.value === "yes" ? { name: said("name"), contact: said("contact") } : null);

// Keys and the puzzle, fetched and solved while the answers are read once more.
let ready = null;

function prepare() {
  if (ready?.desk === chosen.desk.id) return ready;
  ready = { desk: chosen.desk.id, id: uuid(), made: null, keys: null };
  const mine = ready;
  mine.keys = fetch(`/tips/keys/${mine.desk}/${lang}`, { credentials: "omit" }).then((answer) => {
    if (!answer.ok) throw new TypeError("network");
    return answer.json();
  });
  mine.work = mine.keys.then(({ challenge, bits }) => solved(challenge, mine.id, bits).then((nonce) => ({ challenge, nonce })));
  mine.work.catch(() => undefined);
  mine.keys.catch(() => undefined);
  return mine;
}

const telling = $("[data-sealing]");
const tell = (words) => ($("[data-sealing-words]", section("sealing")).textContent = words);

async function seal() {
  const wrong = way().map((name) => [name, ASKED[name]?.()]).find(([, fault]) => fault);
  if (wrong) {
    go(wrong[0]);
    complain(section(wrong[0]), ...wrong[1]);
    return;
  }
  if (current !== "sealing") go("sealing");
  telling.replaceChildren();
  tell(say("sealing_checking"));
  try {
    sent = await sealedAndSent();
    codeShown();
  } catch (error) {
    refused(error);
  }
}

async function sealedAndSent(fresh = false) {
  if (fresh || !ready) ready = null;
  const mine = prepare();
  const keys = await mine.keys.catch((error) => {
    ready = null;
    throw error;
  });
  if (!mine.made) {
    if (!keys.chain) throw new Closed("no lists");
    const list = checked(keys.chain, { root: setting.root, desk: mine.desk });
    if (!list.epoch) throw new Closed("no key");
    if (named() && list.custodians.length < 2) throw new NoCustodians();
    tell(say("sealing_work"));
    const challenge = await mine.work;
    tell(say("sealing_seal"));
    mine.made = await newTip({ ...{ told: told(), name: named(), files: chosen.files.length, list }, ...{ root: setting.root, challenge, id: mine.id } });
  }
  tell(say("sealing_send"));
  try {
    const answer = json(await post(`/tips/sealed/${lang}`, mine.made.posted, { waiting: (seconds) => tell(say("sending_waiting", { seconds })) }));
    if (answer.receipt !== mine.made.receipt) throw new Forged("receipt");
  } catch (error) {
    if (error instanceof Refusal && ["keys", "puzzle"].includes(error.why) && !fresh) return sealedAndSent(true);
    throw error;
  }
  return mine.made;
}

class NoCustodians extends Error {}

// Nothing was sent: why, in plain words, and how else to reach the desk.
function refused(error) {
  const untrusted = [Forged, Expired, Older, Closed].some((kind) => error instanceof kind);
  const why =
    error instanceof Refusal && error.why === "overload" ? "overload"
    : error instanceof NoCustodians ? "no_custodians"
    : untrusted ? "untrusted"
    : error instanceof TypeError ? "no_network"
    : "failed";
  if (untrusted || error instanceof NoCustodians) ready = null;
  tell("");
  telling.replaceChildren(
    notice("late", say(why), say(`${why}_then`), reach(chosen.desk)),
    made("div", { class: "form-actions" }, again(seal), toAnswers()),
  );
  $(".alert", telling).tabIndex = -1;
  $(".alert", telling).focus();
}

const reach = (desk) =>
  desk && (desk.phone || desk.address)
    ? made("p", {}, `${desk.name}. `, desk.phone ? made("a", { href: `tel:${desk.phone.replace(/[^\d+]/g, "")}` }, desk.phone) : null, desk.address ? ` ${desk.address}` : null)
    : null;

function toAnswers() {
  const button = made("button", { type: "button", class: "button secondary" }, say("to_answers"));
  button.addEventListener("click", () => go("check"));
  return button;
}

// The code of ten words, and while it is written down the files go.
function codeShown() {
  hold();
  for (const one of $$("input:not([type=file]), textarea")) if (!["radio", "checkbox"].includes(one.type)) one.value = "";
  $("[data-words]").replaceChildren(...sent.words.map((word) => made("li", {}, word)));
  for (const one of $$("[data-receipt]")) one.textContent = inFours(sent.receipt.slice(0, 16));
  $("[data-receipt-whole]").textContent = inFours(sent.receipt);
  $("[data-code-desk]").textContent = chosen.desk.name;
  const reached = reach(chosen.desk);
  if (reached) $("[data-reach]").replaceChildren(reached);
  go("code");
  files();
}

async function files() {
  const box = $("[data-files]");
  if (!chosen.files.length) return;
  sent.seen = START;
  box.hidden = false;
  const words = $("[data-files-words]", box);
  const bar = $("progress", box);
  $("[data-files-again]", box).hidden = true;
  try {
    await sendFiles(sent, chosen.files, {
      lang,
      tell(said, share) {
        words.textContent = said;
        bar.value = share;
      },
    });
  } catch (error) {
    words.textContent = say(error instanceof Refusal ? "files_refused" : "files_broken", { left: chosen.files.length });
    $("[data-files-again]", box).hidden = false;
  }
  finished();
}

let asked = [];

// Two of the words, in the order of the card.
function askTwo() {
  const places = [...Array(10).keys()];
  asked = [0, 1].map(() => places.splice(crypto.getRandomValues(new Uint8Array(1))[0] % places.length, 1)[0]).sort((a, b) => a - b);
  $$("[data-word]").forEach((input, at) => {
    input.value = "";
    $(`label[for="${input.id}"]`).textContent = say("word_number", { number: asked[at] + 1 });
  });
  go("confirm");
}

let isConfirmed = false;

function confirmWords() {
  const inputs = $$("[data-word]");
  const wrong = inputs.find((input, at) => plain(input.value.trim()) !== plain(sent.words[asked[at]]));
  if (wrong) {
    complain(section("confirm"), say("word_wrong"), wrong);
    return;
  }
  isConfirmed = true;
  $("[data-words]").replaceChildren();
  sent.words = [];
  go("done");
  finished();
}

// Once the words are known and the files are there, the browser may let go.
function finished() {
  if (isConfirmed && !chosen.files.length) letGo();
}

async function copy(button) {
  try {
    await navigator.clipboard.writeText(sent.words.join(" "));
    $("[data-copied]").textContent = say("copied");
  } catch {
    $("[data-copied]").textContent = say("not_copied");
  }
  button.focus();
}

const CLICKS = {
  next,
  seal,
  back: () => history.back(),
  copy: (event) => copy(event.currentTarget),
  print: () => print(),
  written: askTwo,
  "words-again": () => go("code"),
  confirm: confirmWords,
  "files-again": files,
};

for (const [act, done] of Object.entries(CLICKS)) for (const one of $$(`[data-act="${act}"]`)) one.addEventListener("click", done);
for (const name of ["persons", "named"]) {
  for (const one of $$(`input[name="${name}"]`)) one.addEventListener("change", () => ENTERED[name === "named" ? "name" : name]());
}
finder(field("place"), $("[data-places]"), $("[data-places-heard]"), (place) => {
  if (place.province !== chosen.place?.province) chosen.desk = null;
  chosen.place = place;
});
gather(section("files"), chosen.files);
for (const one of $$("[data-word]")) one.addEventListener("keydown", (event) => event.key === "Enter" && confirmWords());
begin("start", returned);
offerSpeech();
document.documentElement.dataset.ready = "yes";
