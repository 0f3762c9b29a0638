// Passkeys: a form with data-passkey ("create" or "get") is sent once the device has answered.
const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
const text = (buffer) =>
  buffer && btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

const read = (key) => ({ ...key, id: bytes(key.id) });
function understood(options) {
  const { user, excludeCredentials = [], allowCredentials = [] } = options;
  return {
    ...options,
    challenge: bytes(options.challenge),
    ...(user && { user: { ...user, id: bytes(user.id) } }),
    excludeCredentials: excludeCredentials.map(read),
    allowCredentials: allowCredentials.map(read),
  };
}

function written(credential) {
  const { response } = credential;
  const said = { clientDataJSON: text(response.clientDataJSON) };
  if (response.attestationObject)
    Object.assign(said, { attestationObject: text(response.attestationObject), transports: response.getTransports?.() ?? [] });
  else
    Object.assign(said, {
      authenticatorData: text(response.authenticatorData),
      signature: text(response.signature),
      userHandle: text(response.userHandle),
    });
  return {
    type: credential.type,
    id: credential.id,
    rawId: text(credential.rawId),
    authenticatorAttachment: credential.authenticatorAttachment,
    response: said,
    clientExtensionResults: credential.getClientExtensionResults(),
  };
}

async function optionsOf(form) {
  if (form.dataset.options) return JSON.parse(document.getElementById(form.dataset.options).textContent);
  const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(answer.status);
  return answer.json();
}

function prepare(form) {
  const says = form.querySelector("[data-passkey-says]");
  form.querySelector("[data-passkey-needs]").hidden = true;
  form.querySelector("button[type=submit]").hidden = false;
  let asking = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    event.stopPropagation(); // the page takes a form that was sent for gone
    if (asking) return;
    asking = true;
    says.textContent = "";
    try {
      const { creation_options, request_options } = await optionsOf(form);
      const { publicKey } = creation_options ?? request_options;
      const credential = await navigator.credentials[form.dataset.passkey]({ publicKey: understood(publicKey) });
      form.elements.credential.value = JSON.stringify(written(credential));
      form.submit();
    } catch {
      says.textContent = says.dataset.passkeySays;
      asking = false;
    }
  });
}

if (window.PublicKeyCredential) for (const form of document.querySelectorAll("form[data-passkey]")) prepare(form);
