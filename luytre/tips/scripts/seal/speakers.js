// Who may have said a part: somebody whom a desk's list names now; or somebody who left, if the list that says so vouches
// for the part. Lists keep the keys of those who left, each with one number over all that the desk had said by then
// (vouching.py); what is not under that number was said later, whatever hour the server tells.
import { digest, utf8 } from "./bytes.js";
import { isOfficer } from "./chain.js";

const pair = (one, other) => digest(utf8(`${one}${other}`));

// The way from a leaf to the root, as `trees.py` goes it: on each step the other half and the side on which it stands.
export function isUnder(root, leaf, way) {
  if (!Array.isArray(way)) return false;
  const start = digest(utf8(`leaf${leaf}`));
  return way.reduce((at, [side, other]) => (side === "left" ? pair(other, at) : pair(at, other)), start) === root;
}

// lists: checked ones of the desks that had the tip; ways: {digest: {root: way}}, which the server gives and nobody trusts.
export const speakersOf = (lists, ways = {}) => (key, digest) =>
  lists.some(
    (list) =>
      isOfficer(list, key) ||
      (list.former ?? []).some((one) => one.key === key && isUnder(one.said, digest, ways[digest]?.[one.said])),
  );
