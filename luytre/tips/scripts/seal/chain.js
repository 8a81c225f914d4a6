// From the root's key, which stands in the page, down to the key a tip is sealed to: root, province, desk, epoch.
// Each list says its version and until when it holds. What is forged, old, out of order or withdrawn is refused.
import { Forged, verified } from "./signing.js";

export const LONGEST = 31 * 24 * 3600; // seconds a list may hold

export class Expired extends Error {}
export class Older extends Error {}
export class Closed extends Error {}

function within(list, now, what) {
  if (!(list.issued <= now + 3600)) throw new Expired(`${what}: from the future`);
  if (!(list.expires > now)) throw new Expired(`${what}: no longer holds`);
}

function short(list, what) {
  if (!(list.expires - list.issued <= LONGEST)) throw new Expired(`${what}: holds too long`);
}

// What this page has seen: no list may go back behind it.
const newest = new Map();

function forward(name, list) {
  const seen = newest.get(name) ?? 0;
  if (!(Number.isInteger(list.version) && list.version >= seen)) throw new Older(`${name}: an older list than before`);
  newest.set(name, list.version);
}

export const forget = () => newest.clear();

// From the root to what its province says of a desk: {key, until, least, name, recovery}.
export function certificateOf(chain, { root, desk, now = Date.now() / 1000 }) {
  const provinces = verified("provinces", chain.provinces, root);
  within(provinces, now, "provinces");
  forward(`${root} provinces`, provinces);
  const province = provinces.provinces.find((one) => one.key === chain.desks?.key);
  if (!province) throw new Forged("desks: not signed by a certified province");
  const desks = verified("desks", chain.desks, province.key);
  within(desks, now, "desks");
  short(desks, "desks");
  if (desks.province !== province.id) throw new Forged("desks: of another province");
  forward(`${root} desks ${province.id}`, desks);
  const certificate = desks.desks.find((one) => one.id === desk);
  if (!certificate) throw new Closed("this desk is not certified");
  if (!(certificate.until > now)) throw new Expired("the desk's certificate no longer holds");
  return { ...certificate, recovery: province.recovery };
}

// chain: {provinces, desks, desk}: three statements. Returns the desk's list with `epoch`, the one that is sealed to.
export function checked(chain, { root, desk, now = Date.now() / 1000, atLeast = 0 }) {
  const certificate = certificateOf(chain, { root, desk, now });
  const list = verified("desk", chain.desk, certificate.key);
  within(list, now, "desk");
  short(list, "desk");
  if (list.desk !== desk) throw new Forged("desk: the list of another desk");
  if (!(list.version >= Math.max(atLeast, certificate.least ?? 0))) throw new Older("desk: an older list than was seen");
  forward(`${root} desk ${desk}`, list);
  const { name, recovery } = certificate;
  return { ...list, name, recovery, epoch: list.epochs.find((one) => one.current) };
}

// Who may speak for the desk now.
export const isOfficer = (list, key) => list.officers.some((one) => one.key === key);
