// Passkeys: <form data-passkey="sign-in|confirm|add"> with a field named "credential".
// What the authenticator needs comes as JSON from the element named by data-options, or from the form's address.

const toBytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));

const toText = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, "-")
    .replace(/\//g, "_")
    .replace(/=+$/, "");

const described = (list) => (list ?? []).map((one) => ({ ...one, id: toBytes(one.id) }));

async function optionsOf(form) {
  if (form.dataset.options) return JSON.parse(document.getElementById(form.dataset.options).textContent);
  const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(answer.statusText);
  return answer.json();
}

function plain(credential, fields) {
  const response = Object.fromEntries(
    fields.filter((name) => credential.response[name]).map((name) => [name, toText(credential.response[name])]),
  );
  if (credential.response.getTransports) response.transports = credential.response.getTransports();
  return {
    type: credential.type,
    id: credential.id,
    rawId: toText(credential.rawId),
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
    response,
  };
}

async function used(form) {
  const asked = (await optionsOf(form)).request_options.publicKey;
  const publicKey = { ...asked, challenge: toBytes(asked.challenge), allowCredentials: described(asked.allowCredentials) };
  const credential = await navigator.credentials.get({ publicKey });
  return plain(credential, ["clientDataJSON", "authenticatorData", "signature", "userHandle"]);
}

async function made(form) {
  const asked = (await optionsOf(form)).creation_options.publicKey;
  const alone = form.elements.passwordless?.checked ?? false;
  const publicKey = {
    ...asked,
    challenge: toBytes(asked.challenge),
    user: { ...asked.user, id: toBytes(asked.user.id) },
    excludeCredentials: described(asked.excludeCredentials),
    authenticatorSelection: {
      ...asked.authenticatorSelection,
      residentKey: alone ? "required" : "discouraged",
      requireResidentKey: alone,
      ...(alone ? { userVerification: "required" } : {}),
    },
  };
  const credential = await navigator.credentials.create({ publicKey });
  return plain(credential, ["clientDataJSON", "attestationObject"]);
}

function prepare(form) {
  const refused = form.querySelector("[data-refused]");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    refused.hidden = true;
    try {
      const credential = await (form.dataset.passkey === "add" ? made(form) : used(form));
      form.elements.credential.value = JSON.stringify(credential);
      form.submit();
    } catch (problem) {
      console.info(problem.name);
      refused.hidden = false;
      form.querySelectorAll("button").forEach((button) => (button.disabled = false));
    }
  });
  form.hidden = false;
}

if (window.PublicKeyCredential) document.querySelectorAll("form[data-passkey]").forEach(prepare);
