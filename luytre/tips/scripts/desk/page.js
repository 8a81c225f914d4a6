// What the desk's pages share.
import { $, made, say } from "../shared/page.js";

export * from "../shared/page.js";

export const tag = (words, tone = "") => made("span", { class: `tag ${tone}` }, words);

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

// Says the words and lets nobody press twice while `act` runs. When it fails, that is said and the buttons work again;
// when it is done they stay as they are, since it is done once.
export async function attempt(status, words, buttons, act) {
  for (const one of buttons) one.disabled = true;
  status.textContent = words;
  try {
    await act();
  } catch (error) {
    console.info(error.message);
    status.textContent = told(error);
    for (const one of buttons) one.disabled = false;
  }
}
