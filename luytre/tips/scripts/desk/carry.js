// A desk was merged: its open tips are wrapped to the desk that follows, whose list is checked from the root down.
import { checked } from "../seal/chain.js";
import { wrapAll } from "./handing.js";
import { unlocked } from "./keys.js";
import { $, attempt, getJson, say, setting } from "./page.js";

export async function carry(box) {
  await unlocked();
  const form = $("[data-carry]", box), status = $("[data-status]", box);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    attempt(status, say("sealing"), [$("button", form)], async () => {
      const { chain } = await getJson(`${setting.chain}${setting.heir}/`);
      const list = checked(chain, { root: setting.root, desk: setting.heir });
      const count = await wrapAll(setting.carried, list, (done) => (status.textContent = say("carrying", { count: done })));
      status.textContent = say("carried", { count });
    });
  });
}
