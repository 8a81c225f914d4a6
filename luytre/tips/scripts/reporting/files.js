// Files chosen by the reporter, and their sealed parts on the way, one after the other.
import { framed } from "../seal/bytes.js";
import { sealPart } from "../seal/part.js";
import { $, complain, kilobytes, made, say } from "./page.js";
import { CannotClean, LARGEST, MOST, TooLarge, prepared } from "./photos.js";
import { post } from "./sending.js";

// A field that gathers files; `chosen` is the list that it keeps.
export function gather(section, chosen) {
  const field = $("input[type=file]", section);
  const list = $("[data-chosen]", section);
  let photos = 0;
  const shown = () =>
    list.replaceChildren(
      ...chosen.map((one, place) => {
        const remove = made("button", { type: "button", class: "button quiet small" }, say("remove", { name: one.name }));
        remove.addEventListener("click", () => {
          chosen.splice(place, 1);
          shown();
          field.focus();
        });
        return made("li", {}, `${one.name} (${kilobytes(one.size)}) `, remove);
      }),
    );
  field.addEventListener("change", async () => {
    const wrong = [];
    for (const file of Array.from(field.files)) {
      if (chosen.length >= MOST) wrong.push(say("too_many", { most: MOST }));
      else wrong.push(await add(file));
    }
    field.value = "";
    shown();
    complain(section, [...new Set(wrong.filter(Boolean))].join(" ") || null);
  });

  async function add(file) {
    try {
      chosen.push(await prepared(file, ++photos));
      return "";
    } catch (error) {
      if (error instanceof TooLarge) return say("too_large", { name: file.name, most: kilobytes(LARGEST) });
      if (error instanceof CannotClean) return say("cannot_clean", { name: file.name });
      throw error;
    }
  }
  return { clear: () => (chosen.splice(0), shown()) };
}

// Seals and sends each file after the last part; `last` moves on with each that was accepted, so a second call resumes.
export async function sendFiles(talk, chosen, { tell, lang = "" }) {
  const all = chosen.length;
  let done = 0;
  while (chosen.length) {
    const file = chosen[0];
    tell(say("file_sealing", { number: done + 1, all }), done / all);
    const about = { tip: talk.id, direction: "reporter", kind: "file", before: talk.last, seen: talk.seen };
    const part = await sealPart(
      { ...about, more: { name: file.name, type: file.type } },
      new Uint8Array(await file.blob.arrayBuffer()),
      { recipient: talk.recipient, signer: talk.signer },
    );
    await post(`/tips/sealed/parts/${lang}`, framed({ lookup: talk.lookup, rung: part.rung, number: part.number }, [part.sealed]), {
      progress: (share) => tell(say("file_sending", { number: done + 1, all }), (done + share) / all),
      waiting: (seconds) => tell(say("file_waiting", { seconds }), done / all),
    });
    talk.last = { number: part.number, digest: part.digest };
    talk.digests?.push(part.digest);
    chosen.shift();
    done += 1;
  }
  if (all) tell(say("files_sent", { all }), 1);
}
