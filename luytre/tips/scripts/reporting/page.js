// What the reporter's pages share.
import { $, $$, setting } from "../shared/page.js";

export * from "../shared/page.js";

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

export const dayOf = (said) => said.split("T")[0].split("-").reverse().join("/");
export const inFours = (digits) => digits.replace(/(.{4})(?=.)/g, "$1 ");
export const kilobytes = (size) =>
  size < 1e6 ? `${Math.max(1, Math.round(size / 1000))} kB` : `${(size / 1e6).toFixed(1).replace(".", setting.language === "vi" ? "," : ".")} MB`;
