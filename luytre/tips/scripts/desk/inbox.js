// The inbox: pages come by clock, rows are opened as they are scrolled to, search is over what this browser has opened.
import { unframed } from "../seal/bytes.js";
import { handOn } from "./handing.js";
import { tipKeys, unlocked } from "./keys.js";
import { $, $$, fold, getBytes, hourOf, made, say, setting, tag, told } from "./page.js";

const TONES = { late: "late", near: "near", far: "" };

export async function fetchRows(query) {
  const { head, pieces } = unframed(await getBytes(`${setting.tips}?${query}`));
  let piece = 0;
  // The wrappings come in the order of the rows that have one.
  return { ...head, rows: head.rows.map((row) => ({ ...row, wrapping: row.epoch ? pieces[piece++] : null })) };
}

// {heading} of a row, opened once.
const opened = new Map();
export async function heading(row) {
  if (!row.wrapping) return null;
  if (!opened.has(row.id)) opened.set(row.id, tipKeys(row.wrapping, row.epoch).then((keys) => keys.heading, () => null));
  return opened.get(row.id);
}

function line(row) {
  const words = made("span", { class: "tip-words", "data-words": true }, "…");
  const link = made("a", { href: `${setting.one}${row.id}/`, class: "tip-link" }, words);
  return made(
    "li",
    { class: `tip-row ${row.clock}`, "data-row": row.id },
    made(
      "p",
      { class: "tip-tags" },
      row.due ? tag(say(row.clock === "late" ? "due_late" : "due", { hour: hourOf(row.due) }), TONES[row.clock]) : tag(say("no_clock")),
      row.urgency === "at_once" ? tag(say("at_once"), "late") : null,
      row.waits ? tag(say("waits"), "info") : null,
      made("span", { "data-said": true }),
    ),
    made("p", { class: "tip-what" }, link),
    made(
      "p",
      { class: "small muted" },
      [
        say(`state_${row.state}`), row.classed && say(`class_${row.classed}`), say("received", { hour: hourOf(row.received) }),
        say("parts", { count: row.parts ?? 1 }), row.named && say("named"), row.channel !== "web" && say(`channel_${row.channel}`), row.id.slice(0, 8),
      ].filter(Boolean).join(" · "),
    ),
  );
}

// What the reporter called it, beside what the desk has said.
async function fill(item, row) {
  const said = await heading(row);
  const words = $("[data-words]", item);
  if (!said) {
    words.textContent = say("cannot_open_row");
    return;
  }
  words.textContent = said.text || say("no_words");
  const beside = $("[data-said]", item);
  beside.replaceChildren(...[
    said.urgent && row.state === "received" ? tag(say("urgent_said"), "near") : null,
    tag(row.matter ? say(`matter_${row.matter}`) : say("matter_said", { matter: say(`matter_${said.matter || "other"}`) })),
  ].filter(Boolean));
  item.dataset.folded = fold(`${said.text} ${say(`matter_${row.matter || said.matter || "other"}`)} ${row.id}`);
}

export async function inbox(box) {
  await unlocked();
  handOn($("[data-handing]", box));
  const list = $("[data-rows]", box), more = $("[data-more]", box), search = $("[data-look]", box);
  const status = $("[data-status]", box), form = $("[data-filters]", box);
  let rows = [], mark = "", turn = 0, sought = 0, loading = null;

  const seen = new IntersectionObserver((entries) => {
    for (const entry of entries.filter((one) => one.isIntersecting)) {
      seen.unobserve(entry.target);
      fill(entry.target, rows.find((row) => row.id === entry.target.dataset.row));
    }
  }, { rootMargin: "200px" });
  const end = new IntersectionObserver((entries) => entries.some((one) => one.isIntersecting) && !search.value && load(), { rootMargin: "400px" });

  function query() {
    const asked = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
    if (mark) asked.set("after", mark);
    return asked;
  }

  function load() {
    if (loading || (rows.length && !mark)) return loading ?? Promise.resolve();
    const mine = turn;
    loading = fetchRows(query())
      .then((answer) => {
        if (mine !== turn) return;
        rows.push(...answer.rows);
        mark = answer.more;
        for (const row of answer.rows) {
          const item = line(row);
          list.append(item);
          seen.observe(item);
        }
        more.hidden = !mark;
        end.disconnect();
        if (mark) end.observe(more);
        if (search.value) look(); // what is typed while rows come counts for them too
        else tell();
      })
      .catch((error) => (status.textContent = told(error)))
      .finally(() => (loading = null));
    return loading;
  }

  function tell() {
    const shown = $$("[data-row]", list).filter((one) => !one.hidden).length;
    const words = search.value.trim();
    status.textContent = !rows.length ? say("inbox_empty") : words ? say("found", { count: shown, all: rows.length }) : say(mark ? "shown_more" : "shown", { count: rows.length });
  }

  // Words in any order, with marks or without, among all rows fetched so far.
  async function look() {
    const mine = ++sought;
    const words = fold(search.value).split(/\s+/).filter(Boolean);
    for (const row of words.length ? rows : []) {
      const item = $(`[data-row="${row.id}"]`, list);
      if (item.dataset.folded === undefined) await fill(item, row);
      if (mine !== sought) return;
    }
    for (const item of $$("[data-row]", list)) item.hidden = !words.every((word) => (item.dataset.folded ?? "").includes(word));
    tell();
  }

  async function anew() {
    turn += 1;
    await loading;
    rows = [];
    mark = "";
    list.replaceChildren();
    await load();
  }

  search.addEventListener("input", look);
  form.addEventListener("change", anew);
  form.addEventListener("submit", (event) => event.preventDefault());
  more.addEventListener("click", load);
  document.addEventListener("keydown", (event) => step(event, list));
  await load();
}

// j and k go from tip to tip; Enter opens the one that has the focus.
function step(event, list) {
  if (event.target.closest?.("input, select, textarea, dialog") || event.ctrlKey || event.altKey || event.metaKey) return;
  const by = { j: 1, k: -1 }[event.key];
  if (!by) return;
  const links = $$("[data-row]:not([hidden]) .tip-link", list);
  const here = links.indexOf(document.activeElement);
  const next = links[Math.min(links.length - 1, Math.max(0, here + by))];
  if (!next) return;
  event.preventDefault();
  next.focus();
  next.scrollIntoView({ block: "nearest" });
}

// Elsewhere: fills the first words of tips that the server named by number alone.
export async function fillNamed(box) {
  const places = $$("[data-tip]", box);
  if (!places.length) return;
  await unlocked();
  const numbers = [...new Set(places.map((one) => one.dataset.tip))];
  for (let at = 0; at < numbers.length; at += 20) {
    const asked = new URLSearchParams(numbers.slice(at, at + 20).map((one) => ["id", one]));
    const { rows } = await fetchRows(asked);
    for (const row of rows) {
      const said = await heading(row);
      for (const place of places.filter((one) => one.dataset.tip === row.id)) place.textContent = said?.text ?? say("cannot_open_row");
    }
  }
}
