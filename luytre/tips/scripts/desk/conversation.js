// A tip's page: what was told, the messages both ways, notes, files; and the acts that need the officer's keys.
import { acknowledged } from "../seal/part.js";
import { actsOf, holdBack } from "./acts.js";
import { fetchButton, shownFile } from "./files.js";
import { deskList, unlocked } from "./keys.js";
import { faultOf, jot, openParts, openTip, saidIn, speak } from "./opening.js";
import { $, $$, hourOf, made, notice, say, tag, told } from "./page.js";

export const DIRECTIONS = ["reporter", "desk", "notes"];

export async function opened({ all = false } = {}) {
  await unlocked();
  const tip = await openTip();
  if (!tip.keys) return { tip, parts: null };
  const parts = {};
  for (const direction of DIRECTIONS) {
    const described = tip.head.parts.filter((one) => one.direction === direction);
    parts[direction] = direction === "notes" && !tip.keys.notes ? [] : await openParts(tip, described, { all });
  }
  return { tip, parts };
}

export async function conversation(box) {
  holdBack(box);
  let found;
  try {
    found = await opened();
  } catch (error) {
    $("[data-told]", box).replaceChildren(notice("late", say("cannot_open"), told(error)));
    return;
  }
  const { tip, parts } = found;
  if (!parts) {
    $("[data-told]", box).replaceChildren(notice("late", say("cannot_open"), say("cannot_open_then")));
    return;
  }
  deskList();
  show(box, tip, parts);
  for (const form of $$("[data-write]", box)) writing(form, tip, parts, () => show(box, tip, parts));
  actsOf(box, tip, parts);
}

function show(box, tip, parts) {
  const faults = DIRECTIONS.map((one) => [one, faultOf(tip, parts[one], one)]).filter(([, fault]) => fault);
  $("[data-faults]", box).replaceChildren(
    ...faults.map(([direction, fault]) => notice("late", say(`fault_${fault}`), say(`fault_${fault}_${direction}`))),
  );
  const wrong = new Set(faults.map(([direction]) => direction));
  const first = parts.reporter[0];
  $("[data-told]", box).replaceChildren(...(first?.body ? toldIn(saidIn(first), first.head) : [notice("late", say("cannot_open"))]));
  const talk = [...parts.reporter.slice(1), ...parts.desk].sort((one, other) => one.came.localeCompare(other.came) || before(one, other));
  $("[data-talk]", box).replaceChildren(...talk.map((one) => shown(one, wrong.has(one.direction), box, tip, parts)));
  $("[data-talk-none]", box).hidden = talk.length > 0;
  $("[data-notes]", box)?.replaceChildren(...parts.notes.map((one) => shown(one, wrong.has("notes"), box, tip, parts)));
  $("[data-receipts]", box).textContent = receipts(tip, parts, first);
}

// Within one hour: what had seen the other comes after it.
function before(one, other) {
  if (one.direction === other.direction) return one.number - other.number;
  if (one.head && other.head) {
    if (one.head.seen[0] >= other.number) return 1;
    if (other.head.seen[0] >= one.number) return -1;
  }
  return one.direction === "desk" ? 1 : -1;
}

function receipts(tip, parts, first) {
  const lines = [];
  try {
    const read = parts.reporter.every((one) => !one.later) ? acknowledged(parts.reporter, parts.desk) : null;
    if (parts.desk.length) lines.push(say("read_by_reporter", { count: read ?? 0, all: parts.desk.length }));
  } catch {
    lines.push(say("read_differs"));
  }
  const promised = first?.head?.files ?? 0;
  const came = parts.reporter.filter((one) => one.later || one.head?.kind === "file").length;
  if (promised > came) lines.push(say("files_missing", { promised, came }));
  return lines.join(" ");
}

const FACTS = ["where", "when", "how", "persons"];

function toldIn(said, head) {
  const where = [said.where?.exact, said.where?.name].filter(Boolean).join(", ");
  const facts = FACTS.map((name) => [name, name === "where" ? where : said[name]]).filter(([, value]) => value);
  return [
    made(
      "p",
      { class: "tip-tags" },
      tag(say("matter_said", { matter: say(`matter_${said.matter || "other"}`) })),
      said.urgent ? tag(say("urgent_said"), "near") : null,
      said.kind && said.kind !== "tip" ? tag(say(`kind_${said.kind}`)) : null,
      head.files ? tag(say("with_files", { count: head.files })) : null,
    ),
    made("p", { class: "tip-text", "data-matter-said": said.matter ?? "" }, said.text),
    facts.length
      ? made("dl", { class: "facts" }, ...facts.map(([name, value]) => made("div", {}, made("dt", {}, say(`of_${name}`)), made("dd", {}, value))))
      : null,
  ].filter(Boolean);
}

function shown(one, isWrong, box, tip, parts) {
  const who = say(`from_${one.direction}`);
  const inside = [made("p", { class: "small muted" }, `${who} · ${hourOf(one.came)}`)];
  if (one.later) inside.push(fetchButton(one, (part) => fetchLater(part, box, tip, parts)));
  else if (one.fault) inside.push(made("p", { class: "errorlist" }, say("part_broken")));
  else if (isWrong && one.direction !== "reporter") inside.push(made("p", { class: "errorlist" }, say("part_untrusted")));
  else if (one.head.kind === "file") inside.push(shownFile(one));
  else inside.push(made("p", { class: "tip-text" }, saidIn(one).text));
  return made("li", { class: `tip-part ${one.direction}` }, ...inside);
}

async function fetchLater(part, box, tip, parts) {
  const [now] = await openParts(tip, [{ ...part, later: undefined }], { all: true });
  const list = parts[part.direction];
  list[list.findIndex((one) => one.digest === part.digest)] = now;
  show(box, tip, parts);
}

function writing(form, tip, parts, then) {
  const field = $("textarea", form), status = $("[data-status]", form), direction = form.dataset.write;
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const words = field.value.trim();
    status.textContent = words ? say("sealing") : say("say_something");
    if (!words) return field.focus();
    const button = $("button", form);
    button.disabled = true;
    try {
      const part = await (direction === "notes" ? jot : speak)(tip, parts, words);
      parts[direction].push(part);
      field.value = "";
      status.textContent = say(direction === "notes" ? "noted" : "sent");
      then();
    } catch (error) {
      status.textContent = told(error);
    } finally {
      button.disabled = false;
    }
    return undefined;
  });
}
