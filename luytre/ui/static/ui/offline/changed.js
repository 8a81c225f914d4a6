// A draft may be older than its form: what was answered there is not lost because the form asks otherwise now.

import { isKept, written } from "../written.js";

const isTick = (input) => ["checkbox", "radio"].includes(input.type);
const nameOf = (input) => input.closest(".field")?.querySelector("legend, label")?.firstChild.textContent.trim() || input.name;

function answer(input) {
  if (isTick(input)) return input.labels?.[0]?.textContent.trim() || input.value;
  if (input.tagName === "SELECT") return [...input.selectedOptions].map((one) => one.textContent.trim()).join("; ");
  return input.value;
}

const key = (name, value) => JSON.stringify([name, value]);
const valueOf = (input) => (input.multiple ? [...input.selectedOptions].map((one) => one.value) : input.value);

// Every answer as people read it, to be told on the day when its question is gone.
export function answersOf(form) {
  const given = [...form.elements].filter((input) => isKept(input) && (isTick(input) ? input.checked : valueOf(input).length));
  return Object.fromEntries(given.map((input) => [key(input.name, valueOf(input)), `${nameOf(input)}: ${answer(input)}`]));
}

// What the draft says and the form, filled in with it, does not.
export function homeless(form, { values, answers = {} }) {
  const there = new Set(written(form).filter(([, , checked]) => checked !== false).map(([name, value]) => key(name, value)));
  const given = values.filter(([, value, checked]) => checked !== false && value.length);
  return given.filter(([name, value]) => !there.has(key(name, value))).map(([name, value]) => answers[key(name, value)] || `${name}: ${value}`);
}
