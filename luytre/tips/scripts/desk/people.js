// A holder of the desk's certifying key signs the next list: who comes, who leaves, a new key of the desk, two more weeks.
// What the list says is taken from the last signed one and from what the holder compared, never from the server's word.
import { framed, utf8 } from "../seal/bytes.js";
import { certificateOf, checked } from "../seal/chain.js";
import { fingerprintOf, newEpoch, nextList, sealCertifier } from "../seal/desk.js";
import { Forged, publicOf, signed, verified } from "../seal/signing.js";
import { secrets, unlocked } from "./keys.js";
import { $, $$, attempt, getJson, notice, post, say, setting } from "./page.js";

const NAMED = { officer: "officers", custodian: "custodians" };

export async function people(box) {
  await unlocked();
  let draft;
  try {
    draft = await drafted();
  } catch (error) {
    console.info(error.message);
    $("[data-wrong]", box).replaceChildren(notice("late", say("draft_wrong"), say(`draft_${error.why ?? error.constructor.name}`)));
    return;
  }
  for (const row of $$("[data-person]", box)) describe(row, draft);
  for (const form of $$("[data-sign]", box)) signing(form, box);
}

// The last list as it was signed, also when its time is over, and what may come on it.
async function drafted() {
  const draft = await getJson(setting.draft);
  const about = { root: setting.root, desk: setting.desk };
  const certificate = certificateOf(draft.chain, about);
  if (publicOf(secrets.certifier) !== certificate.key) throw new Forged("another certifying key than the province's");
  const joining = draft.followed.map((one) => followed(one)).filter(Boolean);
  const whole = { ...draft, recovery: certificate.recovery, joining };
  if (draft.chain.desk?.key === certificate.key) return { ...whole, last: ofThisDesk(draft.chain.desk, certificate.key) };
  const old = signedBefore(draft.chain);
  return { ...whole, isFirst: true, last: firstOf(draft.chain.version), joining: old ? [...joining, old] : joining };
}

function ofThisDesk(statement, key) {
  const list = verified("desk", statement, key);
  if (list.desk !== setting.desk) throw new Forged("the list of another desk");
  return list;
}

// Before the first list with a new certifying key nobody is on any.
const firstOf = (version) => ({ version, desk: setting.desk, epochs: [], officers: [], custodians: [], former: [] });

// A list signed with the certifying key that this one follows, if the province once certified that one: whoever was on it
// stays among the former, so that their answers stay valid.
function signedBefore({ provinces, desk, once }) {
  if (!desk || !once) return null;
  const named = JSON.parse(provinces.text).provinces.find((one) => one.key === once.key);
  const before = named && verified("desks", once, named.key).desks.find((one) => one.id === setting.desk && one.key === desk.key);
  return before ? ofThisDesk(desk, before.key) : null;
}

// A desk that this one follows: its officers' messages stay theirs.
function followed({ desk, chain }) {
  try {
    return checked(chain, { root: setting.root, desk });
  } catch (error) {
    console.info(desk, error.message);
    return null;
  }
}

function describe(row, draft) {
  const key = draft.keys[row.dataset.person];
  if (!key) return;
  $("[data-fingerprint]", row).textContent = fingerprintOf(key);
  const role = NAMED[key.role];
  const isNamed = role && draft.last[role].some((one) => one.id === key.id && one.key === key.key && one.recipient === key.recipient);
  if (key.certified && role && !isNamed && !draft.isFirst) $("[data-differs]", row).textContent = say("key_differs");
}

function signing(form, box) {
  const status = $("[data-status]", form);
  form.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    attempt(status, say("signing"), $$("[data-sign] button", box), async () => {
      await act(form.dataset.sign, form.dataset.of, await drafted());
      location.reload();
    });
  });
}

async function act(name, id, draft) {
  const key = draft.keys[id];
  if (name === "hold") {
    return post(`${setting.hold}${id}/`, framed({}, [await sealCertifier(secrets.certifier, key.recipient)]));
  }
  const change = { said: draft.said, joining: draft.joining };
  if (name === "certify") change.add = { [NAMED[key.role]]: [{ id, key: key.key, recipient: key.recipient }] };
  if (name === "remove") change.remove = [id];
  const officerLeaves = name === "remove" && draft.last.officers.some((one) => one.id === id);
  const epoch = officerLeaves || draft.isFirst || name === "rotate" ? await epochFor(draft, change) : null;
  return publish(nextList(draft.last, { ...change, epoch: epoch?.public }), epoch);
}

// Sealed to the officers whom the new list names, and to every two of the recovery holders whom the root's list names.
const epochFor = (draft, change) =>
  newEpoch({
    number: draft.epoch + 1,
    officers: [...draft.last.officers.filter((one) => !change.remove?.includes(one.id)), ...(change.add?.officers ?? [])],
    recovery: draft.recovery,
  });

async function publish(said, epoch) {
  const statement = utf8(JSON.stringify(signed("desk", said, secrets.certifier)));
  const head = epoch && {
    ...{ number: epoch.public.number, recipient: epoch.public.recipient },
    ...{ to: epoch.wrappings.map((one) => one.officer), pairs: epoch.pairs.map((one) => [one.inner, one.outer]) },
  };
  const files = epoch ? [...epoch.wrappings, ...epoch.pairs].map((one) => one.file) : [];
  return post(setting.publish, framed({ epoch: head }, [statement, ...files]));
}
