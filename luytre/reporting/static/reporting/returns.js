// The page of a return: arrows and Enter move between cells, a column can be pasted, and what is typed is kept as a draft.
// Without this script the same page works by its buttons.

const WAIT = 700, IDLE = 60_000, TICK = 5_000;
const form = document.querySelector("form[data-return]");
const cells = form ? [...form.querySelectorAll("[data-cell]")] : [];
const pending = new Map(), saved = new Map(); // not yet kept by the server; kept since this page was opened
const store = `draft:return:${document.body.dataset.person || "anyone"}:${location.pathname}`;
let timer = 0, busy = false, seconds = 0, told = 0, lastSign = Date.now();

const field = (name) => form.elements[name];
const isTyped = (input) => /^[vqc]-/.test(input.name);

function remember() {
  const known = { base: field("base").value, drafted: field("drafted").value };
  const kept = { ...known, at: Date.now(), saved: [...saved], cells: [...pending] };
  try {
    if (pending.size || saved.size) localStorage.setItem(store, JSON.stringify(kept));
    else localStorage.removeItem(store);
  } catch { /* storage is full or closed: the page still keeps what is in its cells */ }
}

function restore() {
  let kept = null;
  try { kept = JSON.parse(localStorage.getItem(store) || "null"); } catch { /* nothing that can be read */ }
  remember();
  if (!kept || kept.base !== field("base").value) return; // nothing kept, or it was sent since
  const isOlder = field("drafted").value < kept.drafted; // this page was made before the last cells were kept
  let changed = false;
  for (const [name, text] of [...(isOlder ? kept.saved : []), ...kept.cells]) {
    const input = field(name);
    if (!input || input.value === text) continue;
    input.value = text;
    pending.set(name, text);
    changed = true;
  }
  if (changed) { say(form.dataset.wordsRestored); remember(); later(); }
}

const say = (words) => { form.querySelector("[data-kept]").textContent = words; };

function changed(input) {
  pending.set(input.name, input.value);
  remember();
  later();
}

function later() { clearTimeout(timer); timer = setTimeout(keep, WAIT); }

// Work is counted while the page is looked at and something happened within the last minute.
function tick() {
  if (!document.hidden && Date.now() - lastSign < IDLE) seconds += TICK / 1000;
  field("seconds").value = String(seconds - told);
}

async function keep() {
  if (busy || !pending.size) return;
  busy = true;
  const sent = [...pending], body = new FormData(), spent = seconds - told;
  for (const name of ["csrfmiddlewaretoken", "base", "drafted", "opened"]) body.set(name, field(name).value);
  body.set("seconds", String(spent));
  for (const [name, text] of sent) body.set(name, text);
  try {
    const answer = await fetch(form.dataset.draftUrl, { method: "POST", body, headers: { Accept: "application/json" } });
    const said = answer.headers.get("Content-Type")?.includes("json") ? await answer.json() : null;
    if (!answer.ok || !said) { say(said?.refused || form.dataset.wordsOffline); return; }
    for (const [name, text] of sent) { saved.set(name, text); if (pending.get(name) === text) pending.delete(name); }
    told += spent;
    show(said);
    remember();
  } catch {
    say(form.dataset.wordsOffline);
    clearTimeout(timer);
    timer = setTimeout(keep, WAIT * 10);
  } finally { busy = false; }
  if (pending.size) later();
}

function show(said) {
  field("drafted").value = said.drafted;
  say(form.dataset.wordsKept);
  form.querySelector("[data-count]").textContent = said.count;
  for (const place of form.querySelectorAll("[data-code]")) found(place, said.findings[place.dataset.code] || [], said.theirs);
}

// Empty cells are counted in the bar; only what was typed is answered at its cell.
function found(place, findings, theirs) {
  const box = place.querySelector("[data-found]"), input = place.querySelector("[data-cell]");
  const lines = findings.filter(([kind]) => kind !== "missing").map(([kind, words]) => line(`cell-${kind}`, words));
  if (theirs[input.name]) lines.push(line("cell-theirs", `${form.dataset.wordsTheirs} ${theirs[input.name]}`));
  box.replaceChildren(...lines);
  if (findings.some(([kind]) => kind === "error")) input.setAttribute("aria-invalid", "true");
  else input.removeAttribute("aria-invalid");
  if (findings.some(([kind]) => kind === "warning")) place.querySelector("details").open = true;
}

function line(name, words) {
  const paragraph = document.createElement("p");
  paragraph.className = name;
  paragraph.textContent = words;
  return paragraph;
}

function move(event) {
  const here = cells.indexOf(event.target);
  if (here < 0 || event.altKey || event.ctrlKey || event.metaKey) return;
  const step = { Enter: event.shiftKey ? -1 : 1, ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const next = cells[here + step];
  if (next) { next.focus(); next.select(); }
}

function paste(event) {
  const here = cells.indexOf(event.target), text = event.clipboardData?.getData("text") || "";
  const lines = text.replace(/\r/g, "").replace(/\n+$/, "").split("\n");
  if (here < 0 || lines.length < 2) return;
  event.preventDefault();
  lines.slice(0, cells.length - here).forEach((one, place) => {
    const input = cells[here + place];
    input.value = one.split("\t")[0].trim();
    changed(input);
  });
  cells[Math.min(here + lines.length, cells.length) - 1].focus();
}

if (form) {
  form.dataset.live = "yes";
  restore();
  form.addEventListener("input", (event) => { if (isTyped(event.target)) changed(event.target); });
  form.addEventListener("keydown", move);
  form.addEventListener("paste", paste);
  form.addEventListener("submit", () => { clearTimeout(timer); tick(); remember(); });
  for (const kind of ["pointerdown", "keydown", "scroll"]) addEventListener(kind, () => { lastSign = Date.now(); }, { passive: true });
  addEventListener("online", keep);
  setInterval(tick, TICK);
}
