import { csrfToken } from "./csrf";

/**
 * Passkeys (WebAuthn): the browser makes or uses a key, the form carries the answer. Parts that need it are hidden until it is known
 * that they work here: a secure page, reached by a name and not by a number.
 */
export function startPasskeys(): void {
  if (!available()) {
    return;
  }
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-passkey=use]")) {
    form.hidden = false;
    form.addEventListener("submit", (event) => {
      if (!credentialOf(form).value) {
        event.preventDefault();
        void use(form);
      }
    });
  }
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-passkey-new]")) {
    form.hidden = false;
    form.querySelectorAll<HTMLElement>("[data-passkey-part]").forEach((part) => (part.hidden = false));
    form.querySelectorAll<HTMLElement>("[data-passkey-missing]").forEach((part) => (part.hidden = true));
    form.querySelector("[data-passkey-make]")?.addEventListener("click", () => void make(form));
  }
}

function available(): boolean {
  const number = /^[\d.]+$|:/.test(location.hostname);
  return window.isSecureContext && !number && typeof PublicKeyCredential === "function"
    && "parseCreationOptionsFromJSON" in PublicKeyCredential;
}

async function use(form: HTMLFormElement): Promise<void> {
  const failed = form.querySelector<HTMLElement>("[data-passkey-failed]");
  failed?.setAttribute("hidden", "");
  try {
    const options = await ask("/signin/passkey/options", new FormData(form));
    const key = await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options as PublicKeyCredentialRequestOptionsJSON) });
    credentialOf(form).value = JSON.stringify(key);
    form.submit();
  } catch {
    failed?.removeAttribute("hidden");
  }
}

async function make(form: HTMLFormElement): Promise<void> {
  const failed = form.querySelector<HTMLElement>("[data-passkey-failed]");
  failed?.setAttribute("hidden", "");
  // A passkey stands for the password: everything else must be filled in.
  const password = form.querySelector<HTMLInputElement>("input[type=password]:not([name=current])");
  password?.removeAttribute("required");
  const complete = form.reportValidity();
  password?.setAttribute("required", "");
  if (!complete) {
    return;
  }
  try {
    const options = await ask(form.dataset["passkeyNew"] ?? "", new FormData(form));
    const key = await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options as PublicKeyCredentialCreationOptionsJSON) });
    credentialOf(form).value = JSON.stringify(key);
    form.submit();
  } catch (problem) {
    if (failed) {
      // The device knows that it holds a key of this account already.
      const known = problem instanceof DOMException && problem.name === "InvalidStateError" ? failed.dataset["known"] : undefined;
      failed.textContent = problem instanceof Refusal ? problem.message : known ?? failed.textContent;
      failed.hidden = false;
    }
  }
}

/** What the server says in words. */
class Refusal extends Error {}

async function ask(address: string, form: FormData): Promise<unknown> {
  const answer = await fetch(address, { method: "POST", headers: { "X-CSRF-Token": csrfToken() }, body: form });
  const body: unknown = await answer.json().catch(() => null);
  if (!answer.ok) {
    const detail = body && typeof body === "object" && "detail" in body ? String(body.detail) : "";
    throw detail ? new Refusal(detail) : new Error(`HTTP ${answer.status}`);
  }
  return body;
}

function credentialOf(form: HTMLFormElement): HTMLInputElement {
  return form.elements.namedItem("credential") as HTMLInputElement;
}
