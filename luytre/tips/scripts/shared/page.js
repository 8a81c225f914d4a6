// What the tip line's pages share: their words, which come from the page, and a few verbs on elements.
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
