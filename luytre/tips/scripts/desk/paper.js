// Forms of the law to print: their lines are filled here, from what this browser opened; the server never sees them.
import { opened } from "./conversation.js";
import { fillNamed } from "./inbox.js";
import { saidIn } from "./opening.js";
import { $, $$, hourOf, notice, say, told } from "./page.js";

const PARTS = {
  text: (said) => said.text,
  matter: (said) => say(`matter_${said.matter || "other"}`),
  where: (said) => [said.where?.exact, said.where?.name].filter(Boolean).join(", "),
  when: (said) => said.when,
  how: (said) => said.how,
  persons: (said) => said.persons,
};

export async function paper(box) {
  for (const button of $$("[data-print]", box)) button.addEventListener("click", () => window.print());
  await fillNamed(box);
  if (!$$("[data-fill]", box).length) return;
  try {
    const { tip, parts } = await opened();
    if (!parts?.reporter[0]?.body) throw new Error("closed");
    const said = saidIn(parts.reporter[0]);
    for (const place of $$("[data-fill]", box)) fill(place, tip, parts, said);
  } catch (error) {
    $("[data-faults]", box).replaceChildren(notice("late", say("cannot_open"), told(error)));
  }
}

function fill(place, tip, parts, said) {
  const name = place.dataset.fill;
  const value = name === "files" ? filesOf(parts) : name === "received" ? hourOf(tip.head.received) : PARTS[name](said);
  if (value) place.textContent = value;
}

const filesOf = (parts) =>
  parts.reporter.filter((one) => one.later || one.head?.kind === "file").map((one, place) => one.head?.name ?? `${say("a_file")} ${place + 1}`).join("; ");
