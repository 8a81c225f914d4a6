// What an officer's browser hands on when it unlocks: epochs to officers certified since, and open tips to the newest
// epoch. To whom, the desk's signed list says; the server only says what is missing.
import { open, seal } from "../seal/age.js";
import { framed, unframed } from "../seal/bytes.js";
import { sealEpoch } from "../seal/desk.js";
import { deskList, secrets } from "./keys.js";
import { getBytes, getJson, post, say, setting } from "./page.js";

export async function handOn(status) {
  const list = await deskList();
  if (!list) return;
  try {
    const epochs = await handEpochs(list);
    const tips = await wrapAll(setting.stale, list, (count) => (status.textContent = say("wrapping_again", { count })));
    status.textContent = [epochs && say("handed_on"), tips && say("wrapped_again", { count: tips })].filter(Boolean).join(" ");
  } catch (error) {
    console.info(error.message);
    status.textContent = say("not_handed_on");
  }
}

async function handEpochs(list) {
  const { missing } = await getJson(setting.missing);
  const to = [], files = [];
  for (const { officer, epoch } of missing) {
    const named = list.officers.find((one) => one.id === officer);
    if (!named || !secrets.epochs[epoch]) continue;
    to.push([officer, epoch]);
    files.push(await sealEpoch(epoch, secrets.epochs[epoch], named.recipient));
  }
  if (to.length) await post(setting.missing, framed({ to }, files));
  return to.length;
}

// Some at a time, until none is left: opened with the epoch they were sealed to, sealed to the list's own.
export async function wrapAll(path, list, tell) {
  for (let done = 0; ; ) {
    const { head, pieces } = unframed(await getBytes(path));
    if (!head.rows.length) return done;
    const again = [];
    for (const [place, [, epoch]] of head.rows.entries()) {
      again.push(await seal(await open(pieces[place], secrets.epochs[epoch]), [list.epoch.recipient]));
    }
    await post(path, framed({ tips: head.rows.map(([tip]) => tip), epoch: list.epoch.number }, again));
    tell((done += again.length));
  }
}
