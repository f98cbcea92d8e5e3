import { csrfToken } from "./csrf";

// What is being written is kept at once on the device and a little later on the server. The newest version wins; the other one is offered.
interface Kept {
  text: string;
  at: number;
}

interface Saved {
  revision: number;
  other: string | null;
}

const SERVER_PAUSE = 2500;
const timers = new WeakMap<HTMLFormElement, number>();

const keyOf = (form: HTMLFormElement): string => `draft:${form.dataset.composer}`;
export const textOf = (form: HTMLFormElement): HTMLTextAreaElement | null => form.querySelector("textarea[name=markdown]");
const note = (): HTMLElement | null => document.querySelector("#writing-notes");

/** Somebody has typed. */
export function keepDraft(form: HTMLFormElement): void {
  const text = textOf(form)?.value ?? "";
  if (text.trim()) {
    localStorage.setItem(keyOf(form), JSON.stringify({ text, at: Date.now() } satisfies Kept));
    state(form, document.body.dataset.draftText ?? "");
  } else {
    localStorage.removeItem(keyOf(form));
    state(form, "");
  }
  window.clearTimeout(timers.get(form));
  timers.set(form, window.setTimeout(() => void toServer(form), SERVER_PAUSE));
}

/** The words are on their way: nothing is saved after them. */
export function leaveDraft(form: HTMLFormElement): void {
  window.clearTimeout(timers.get(form));
  form.dataset.leaving = "1";
  sessionStorage.setItem("sent", form.dataset.composer ?? "");
}

/** They did not get away: the device keeps them, and says so. */
export function returnDraft(form: HTMLFormElement, words: string): void {
  delete form.dataset.leaving;
  sessionStorage.removeItem("sent");
  keepDraft(form);
  state(form, words);
}

/** A composer has come onto the page: with the server's draft, what was refused, or nothing. */
export function restoreDraft(form: HTMLFormElement): void {
  const text = textOf(form);
  if (!text || form.dataset.restored) {
    return;
  }
  form.dataset.restored = "1";
  const sent = sessionStorage.getItem("sent") === form.dataset.composer;
  sessionStorage.removeItem("sent");
  if (form.dataset.refused) {
    keepDraft(form);
    return;
  }
  const device = read(form);
  if (sent || !device) {
    // After sending, the server's page has a new message: only then the device forgets.
    localStorage.removeItem(keyOf(form));
    return;
  }
  const server = { text: note()?.dataset.draft ?? "", at: Date.parse(note()?.dataset.draftAt ?? "") || 0 };
  if (device.text === server.text) {
    return;
  }
  if (!server.text || device.at > server.at + 500) {
    text.value = device.text;
    text.dispatchEvent(new Event("input", { bubbles: true }));
    offer(form, server.text);
  } else {
    offer(form, device.text);
  }
}

/** The answer was sent and the page went on to another ticket: the device forgets the words it kept for the first. */
export function forgetSent(): void {
  const done = document.querySelector<HTMLElement>("#talk[data-done]")?.dataset.done;
  if (done && sessionStorage.getItem("sent") === done) {
    localStorage.removeItem(`draft:${done}`);
    sessionStorage.removeItem("sent");
  }
}

/** The server's draft has changed while the page was open: an answer came back, or another window wrote. An empty field takes it. */
export function followDraft(form: HTMLFormElement): void {
  const [notes, text] = [note(), textOf(form)];
  const revision = notes?.dataset.draftRevision;
  const field = form.querySelector<HTMLInputElement>("[data-revision]");
  if (notes && text && field && revision && revision !== "0" && revision !== field.value && !text.value && notes.dataset.draft && document.activeElement !== text) {
    text.value = notes.dataset.draft;
    field.value = revision;
    text.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

function read(form: HTMLFormElement): Kept | undefined {
  const raw = localStorage.getItem(keyOf(form));
  try {
    const kept = raw ? (JSON.parse(raw) as Kept) : undefined;
    return kept && typeof kept.text === "string" ? kept : undefined;
  } catch {
    return raw ? { text: raw, at: 0 } : undefined;
  }
}

function offer(form: HTMLFormElement, other: string): void {
  const strip = document.querySelector<HTMLElement>("[data-local-other]");
  const text = textOf(form);
  if (!strip || !text || !other.trim()) {
    return;
  }
  const words = strip.querySelector("[data-local-text]");
  if (words) {
    words.textContent = other.slice(0, 60);
  }
  strip.hidden = false;
  strip.querySelector<HTMLElement>("[data-local-take]")?.addEventListener("click", () => {
    const current = text.value;
    text.value = other;
    other = current;
    text.dispatchEvent(new Event("input", { bubbles: true }));
    text.focus();
  });
  strip.querySelector<HTMLElement>("[data-local-drop]")?.addEventListener("click", () => (strip.hidden = true), { once: true });
}

async function toServer(form: HTMLFormElement): Promise<void> {
  if (!form.isConnected || form.dataset.leaving || !form.dataset.draftTo) {
    return;
  }
  const fields = new FormData(form);
  fields.delete("files");
  const text = textOf(form)?.value ?? "";
  try {
    const answer = await fetch(form.dataset.draftTo, { method: "POST", headers: { "X-CSRF-Token": csrfToken() }, body: fields });
    if (!answer.ok) {
      return;
    }
    const saved = (await answer.json()) as Saved;
    const revision = form.querySelector<HTMLInputElement>("[data-revision]");
    if (revision) {
      revision.value = String(saved.revision);
    }
    if (text === textOf(form)?.value) {
      state(form, text.trim() ? (form.querySelector<HTMLElement>("[data-draft-state]")?.dataset.saved ?? "") : "");
    }
  } catch {
    // No connection: the device has it, and the next word tries again.
  }
}

function state(form: HTMLFormElement, words: string): void {
  const place = form.querySelector<HTMLElement>("[data-draft-state]");
  if (place) {
    place.textContent = words;
  }
}

/** The connection is back: what was written meanwhile goes to the server. */
export function flushDrafts(): void {
  document.querySelectorAll<HTMLFormElement>("[data-composer]").forEach((form) => {
    if (textOf(form)?.value.trim()) {
      void toServer(form);
    }
  });
}
