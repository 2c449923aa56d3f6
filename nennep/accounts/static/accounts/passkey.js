/* Hands our question about a passkey to the browser, and its answer to the form.

   <form data-passkey="create|get" data-passkey-options="ID"> with a hidden field `passkey` and a
   button [data-passkey-button] that stays hidden where the browser knows no passkeys. */

const decode = (text) => {
  const base64 = text.replace(/-/g, "+").replace(/_/g, "/");
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0)).buffer;
};

const encode = (buffer) => {
  const letters = Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte));
  return btoa(letters.join("")).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
};

const named = (list = []) => list.map((each) => ({ ...each, id: decode(each.id) }));

function asked(options) {
  const question = { ...options, challenge: decode(options.challenge) };
  if (options.user) question.user = { ...options.user, id: decode(options.user.id) };
  if (options.excludeCredentials) question.excludeCredentials = named(options.excludeCredentials);
  if (options.allowCredentials) question.allowCredentials = named(options.allowCredentials);
  return question;
}

function told(credential) {
  const { response } = credential;
  const answer = { clientDataJSON: encode(response.clientDataJSON) };
  if (response.attestationObject) {
    answer.attestationObject = encode(response.attestationObject);
  } else {
    answer.authenticatorData = encode(response.authenticatorData);
    answer.signature = encode(response.signature);
    answer.userHandle = response.userHandle ? encode(response.userHandle) : null;
  }
  return {
    id: credential.id,
    rawId: encode(credential.rawId),
    type: credential.type,
    response: answer,
    clientExtensionResults: credential.getClientExtensionResults(),
  };
}

async function answer(form) {
  const options = JSON.parse(document.getElementById(form.dataset.passkeyOptions).textContent);
  const question = { publicKey: asked(options) };
  const problem = form.querySelector("[data-passkey-problem]");
  problem.hidden = true;
  try {
    const credential = await navigator.credentials[form.dataset.passkey](question);
    form.elements.passkey.value = JSON.stringify(told(credential));
    form.noValidate = true;
    form.requestSubmit(form.querySelector("[data-passkey-send]"));
  } catch {
    problem.hidden = false;
    problem.focus();
  }
}

document.querySelectorAll("form[data-passkey]").forEach((form) => {
  const button = form.querySelector("[data-passkey-button]");
  if (!window.PublicKeyCredential || !button) return;
  button.hidden = false;
  button.addEventListener("click", () => answer(form));
});
