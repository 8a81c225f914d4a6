// Finding a commune by a part of its name: the whole list is here, so nobody learns what is typed.
import { fold } from "./conduct.js";
import { made, say } from "./page.js";

const SHOWN = 8;
let loading = null;

async function load() {
  const answer = await fetch("/tips/places/" + location.search, { credentials: "omit" });
  if (!answer.ok) throw new Error(String(answer.status));
  const rows = await answer.json();
  const names = new Map(rows.filter(([code, , province]) => code === province).map(([code, name]) => [code, name]));
  return rows.map(([code, name, province]) => ({
    ...{ code, name, province, full: code === province ? name : `${name}, ${names.get(province) ?? ""}` },
    folded: ` ${fold(`${name} ${code === province ? "" : (names.get(province) ?? "")}`)}`,
  }));
}

export function places() {
  loading ??= load().catch((error) => {
    loading = null;
    throw error;
  });
  return loading;
}

export function found(all, typed) {
  const words = fold(typed).split(/[\s,]+/).filter(Boolean);
  if (!words.length) return [];
  const rank = (one) => (one.folded.includes(` ${words.join(" ")}`) ? 0 : 1);
  return all
    .filter((one) => words.every((word) => one.folded.includes(` ${word}`)))
    .sort((one, other) => rank(one) - rank(other))
    .slice(0, SHOWN);
}

// Choices under the field; `chosen` is told of each.
export function finder(field, list, heard, chosen) {
  let turn = 0;
  field.addEventListener("input", async () => {
    const mine = ++turn;
    let hits;
    try {
      hits = found(await places(), field.value);
    } catch {
      heard.textContent = say("no_places");
      return;
    }
    if (mine !== turn) return;
    list.replaceChildren(...hits.map((one) => choice(one, chosen)));
    heard.textContent = field.value.trim() ? say(hits.length ? "places_found" : "no_place", { count: hits.length }) : "";
  });
}

function choice(place, chosen) {
  const input = made("input", { type: "radio", name: "place", value: place.code });
  input.addEventListener("change", () => chosen(place));
  return made("label", {}, input, " ", place.full);
}
