// An officer took the tip down and handed over a code, so somebody else has seen it: at the first return the reporter
// gets words of their own, and those on the slip open nothing any more.
import { newWords } from "../seal/tip.js";
import { $, complain, made, say, setting, showOnly } from "./page.js";
import { post } from "./sending.js";

// Resolves with the new look-up once the reporter has written the words down.
export async function exchange(section, sections, keys, lookup) {
  const next = await newWords(keys, lookup, setting.root);
  $("[data-words]", section).replaceChildren(...next.words.map((word) => made("li", {}, word)));
  showOnly(section, sections);
  const button = $("button", section);
  return new Promise((done) => {
    button.addEventListener("click", async () => {
      button.disabled = true;
      complain(section, null);
      try {
        await post(`/tips/sealed/code/${location.search}`, next.posted, { tries: 2 });
        $("[data-words]", section).replaceChildren();
        done(next.lookup);
      } catch {
        complain(section, say("no_network"));
        button.disabled = false;
      }
    });
  });
}
