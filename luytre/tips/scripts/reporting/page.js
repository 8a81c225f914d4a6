// What the reporter's pages share: their words, which come from the page, and the few verbs on elements.
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

// Shows one of several sections and puts the reader at its heading.
export function showOnly(section, all) {
  for (const one of all) one.hidden = one !== section;
  window.scrollTo(0, 0);
  $("h1", section)?.focus({ preventScroll: true });
}

// An error at a field, told aloud; null takes it away.
export function complain(section, words, field = null) {
  const place = $("[data-error]", section);
  for (const one of $$("[aria-invalid]", section)) one.removeAttribute("aria-invalid");
  if (!place) return;
  place.textContent = words ?? "";
  place.hidden = !words;
  if (words && field) {
    field.setAttribute("aria-invalid", "true");
    field.setAttribute("aria-describedby", place.id);
    field.focus();
  } else if (words) {
    place.focus();
  }
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
  const [day, hour] = said.split("T");
  const [year, month, date] = day.split("-");
  return say("hour", { day: `${date}/${month}/${year}`, hour: String(Number(hour)) });
}

export const dayOf = (said) => said.split("T")[0].split("-").reverse().join("/");
export const inFours = (digits) => digits.replace(/(.{4})(?=.)/g, "$1 ");
export const kilobytes = (size) =>
  size < 1e6 ? `${Math.max(1, Math.round(size / 1000))} kB` : `${(size / 1e6).toFixed(1).replace(".", setting.language === "vi" ? "," : ".")} MB`;
