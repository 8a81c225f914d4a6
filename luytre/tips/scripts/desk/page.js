// What the desk's pages share: their words, which come from the page, and a few verbs on elements.
export const setting = JSON.parse(document.getElementById("setting").textContent);

// The words of the page, with {name} replaced.
export const say = (key, values = {}) =>
  (setting.words[key] ?? key).replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));

export const $ = (selector, within = document) => within.querySelector(selector);
export const $$ = (selector, within = document) => Array.from(within.querySelectorAll(selector));

// An element with its attributes and what stands in it; never from a string of HTML.
export function made(name, attributes = {}, ...inside) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === true) element.setAttribute(key, "");
    else if (value !== false && value != null) element.setAttribute(key, String(value));
  }
  element.append(...inside.filter((one) => one != null));
  return element;
}

export const tag = (words, tone = "") => made("span", { class: `tag ${tone}` }, words);

export function notice(tone, title, ...lines) {
  return made(
    "div",
    { class: `alert ${tone}`, role: tone === "late" ? "alert" : "status" },
    made("p", { class: "alert-title" }, title),
    ...lines.filter(Boolean).map((line) => (typeof line === "string" ? made("p", {}, line) : line)),
  );
}

// "2026-11-27T18" as people write it.
export function hourOf(said) {
  if (!said) return "";
  const [day, hour] = said.split("T");
  return say("hour", { day: day.split("-").reverse().join("/"), hour: String(Number(hour)) });
}

// Without tone marks and case: what search compares.
export const fold = (words) => words.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase();

export const kilobytes = (size) => (size < 1e6 ? `${Math.max(1, Math.round(size / 1000))} kB` : `${(size / 1e6).toFixed(1)} MB`);

const token = () => $("[name=csrfmiddlewaretoken]").value;

export class Refusal extends Error {
  constructor(status, why) {
    super(why);
    this.status = status;
    this.why = why;
  }
}

async function answered(request) {
  const answer = await request;
  // Signed out meanwhile: the sign-in page came instead.
  if (answer.redirected) throw new Refusal(401, "signed_out");
  if (answer.ok) return answer;
  const said = await answer.json().catch(() => ({}));
  throw new Refusal(answer.status, said.why ?? "failed");
}

export const getBytes = async (path) => new Uint8Array(await (await answered(fetch(path))).arrayBuffer());
export const getJson = async (path) => (await answered(fetch(path))).json();

export async function post(path, body) {
  const headers = { "Content-Type": "application/octet-stream", "X-CSRFToken": token() };
  return (await answered(fetch(path, { method: "POST", body, headers }))).json();
}

// What went wrong, as a sentence of the page.
export const told = (error) => say(`why_${error.why ?? error.constructor.name}`, {}) .replace(/^why_.*/, say("why_failed"));
