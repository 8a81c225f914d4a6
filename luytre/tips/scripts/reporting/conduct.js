// Conduct first (R9): a text whose words are only of a people, a belief, an origin or looks, with nothing that anybody did.
import { setting } from "./page.js";

export const fold = (words) => words.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase();
const lower = (words) => words.normalize("NFC").toLowerCase();
const tokens = (words) => words.match(/[\p{L}\p{N}']+/gu) ?? [];

// Words are compared with their tone marks, unless the writer uses none.
function spelling(text) {
  return fold(text) === text.toLowerCase() ? fold : lower;
}

// {about, words} of the first listed words when nothing else is told; null when somebody did something.
export function aloneIn(text, least) {
  const spelled = spelling(text);
  const passing = new Set(setting.passing.map(spelled));
  let left = ` ${tokens(spelled(text)).join(" ")} `;
  let found = null;
  const longestFirst = [...setting.wary].sort((one, other) => other[0].length - one[0].length);
  for (const [words, about] of longestFirst) {
    const wanted = ` ${tokens(spelled(words)).join(" ")} `;
    while (left.includes(wanted)) {
      found ??= { about, words };
      left = left.replace(wanted, " ");
    }
  }
  if (!found) return null;
  const told = left.split(" ").filter((word) => word && !passing.has(word));
  return told.length < least ? found : null;
}
