// One more lock on one's own secrets: a passkey of this device (WebAuthn with PRF) beside the ten words. It is an age file
// as the other one, behind a line that names the passkey, so that those for signing in are not offered.
import { Decrypter, Encrypter, armor, webauthn } from "age-encryption";
import { framed, utf8 } from "../seal/bytes.js";
import { $, post, say, setting, told } from "./page.js";

const NOBODY = "00000000-0000-0000-0000-000000000000"; // in the address, for the key's id

async function lockedWith(bytes) {
  const identity = await webauthn.createCredential({ keyName: `Lũy Tre · ${setting.name}` });
  const encrypter = new Encrypter();
  encrypter.addRecipient(new webauthn.WebAuthnRecipient({ identity }));
  return `${identity}\n${armor.encode(await encrypter.encrypt(bytes))}`;
}

// The browser asks for the finger or the screen lock.
export async function unlockWithPasskey(locked) {
  const end = locked.indexOf("\n");
  const decrypter = new Decrypter();
  decrypter.addIdentity(new webauthn.WebAuthnIdentity({ identity: locked.slice(0, end) }));
  return decrypter.decrypt(armor.decode(locked.slice(end + 1)));
}

// `own`: {id of the key, whether a passkey opens it, its secrets in clear}.
export function offerPasskey({ id, hasPasskey, identity, signer }) {
  const box = $("[data-passkey]");
  if (!box || !window.PublicKeyCredential) return;
  const add = $("[data-passkey-add]", box), drop = $("[data-passkey-drop]", box), status = $("[data-passkey-status]", box);
  const show = (has) => ([add.hidden, drop.hidden] = [has, !has]);
  const save = (locked) => post(box.dataset.passkey.replace(NOBODY, id), framed({ locked }, []));
  const doing = (button, act, has) =>
    button.addEventListener("click", async () => {
      add.disabled = drop.disabled = true;
      status.textContent = say("passkey_asking");
      try {
        await act();
        status.textContent = say(has ? "passkey_opens" : "passkey_gone");
        show(has);
      } catch (error) {
        console.info(error.message);
        status.textContent = error.why ? told(error) : say("passkey_failed");
      }
      add.disabled = drop.disabled = false;
    });
  doing(add, async () => save(await lockedWith(utf8(JSON.stringify({ identity, signer })))), true);
  doing(drop, () => save(""), false);
  show(hasPasskey);
  box.hidden = false;
}
