import { flushDrafts, followDraft, forgetSent, keepDraft, leaveDraft, restoreDraft, returnDraft, textOf } from "./drafts";
import { showUnresolved, startInserts, used } from "./inserts";
import { startUploads, upload, uploading } from "./uploads";

/** The composer: its modes, drafts, files, and the keys that send. */
export function startComposer(): void {
  document.addEventListener("input", (event) => {
    const form = formOf(event);
    if (form) {
      queued.delete(form);
      grow(form);
      keepDraft(form);
      showMode(form);
      showUnresolved(form);
    }
  });
  document.addEventListener("change", (event) => {
    const form = formOf(event);
    const field = event.target as HTMLInputElement;
    if (form && field.type === "file") {
      [...(field.files ?? [])].forEach((file) => upload(form, file));
      field.value = "";
    }
    if (form) {
      form.addEventListener("desk:files", () => keepDraft(form), { once: true });
      showMode(form);
    }
  });
  document.addEventListener("keydown", (event) => {
    const form = formOf(event);
    if (form && event.key === "Enter" && (event.metaKey || event.ctrlKey)) {
      event.preventDefault();
      const button = form.querySelector<HTMLButtonElement>(event.shiftKey ? "[data-send-solve]" : "[data-send]");
      form.requestSubmit(button ?? undefined);
    } else if (form && event.key === "Escape" && !event.defaultPrevented) {
      (event.target as HTMLElement).blur();
    }
  });
  document.addEventListener("click", (event) => {
    const target = event.target as HTMLElement;
    const template = target.closest<HTMLElement>("[data-template]");
    const form = template?.closest<HTMLFormElement>("[data-composer]");
    if (template && form) {
      insert(form, template.dataset.template ?? "");
      used(form, template.dataset.templateId);
      template.closest("details")?.removeAttribute("open");
    }
    if (target.closest("[data-stale-edit]")) {
      event.preventDefault();
      const held = target.closest<HTMLFormElement>("[data-composer]");
      held?.querySelector("#stale")?.remove();
      held && look(held, true);
      held && textOf(held)?.focus();
    }
  });
  document.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    if (form.matches("[data-composer]")) {
      if (uploading(form)) {
        // A file on its way would be left behind: the send waits for it.
        event.preventDefault();
        event.stopImmediatePropagation();
        const button = (event as SubmitEvent).submitter;
        const waiting = new AbortController();
        form.addEventListener("desk:files", () => { waiting.abort(); form.requestSubmit(button); }, { signal: waiting.signal });
        // A file that was refused leaves the decision to whoever writes: send without it, or not.
        form.addEventListener("desk:file-refused", () => waiting.abort(), { signal: waiting.signal });
        return;
      }
      submitters.set(form, (event as SubmitEvent).submitter);
      queued.delete(form);
      leaveDraft(form);
    }
  }, true);
  document.addEventListener("htmx:error", (event) => {
    const source = ((event as CustomEvent).detail as { ctx?: { sourceElement?: Element } }).ctx?.sourceElement;
    const form = source?.closest<HTMLFormElement>("[data-composer]");
    if (form?.dataset.leaving) {
      // Nobody can say whether it arrived; sent again it carries the same id and is said once.
      queued.add(form);
      retry();
      returnDraft(form, document.body.dataset.queuedText ?? "");
    }
  });
  document.addEventListener("htmx:after:swap", () => settle());
  window.addEventListener("online", () => {
    flushDrafts();
    sendQueued();
  });
  startUploads();
  startInserts();
  startImages();
  settle();
}

const queued = new Set<HTMLFormElement>();
const submitters = new WeakMap<HTMLFormElement, HTMLElement | null>();
const RETRY = 15_000;
let retrying: number | undefined;

/** A connection can be gone without anybody being told that it is back: what could not leave tries again now and then. */
function retry(): void {
  retrying ??= window.setTimeout(() => {
    retrying = undefined;
    sendQueued();
  }, RETRY);
}

/** The connection is back: what could not leave leaves now, as it was sent. */
export function sendQueued(): void {
  for (const form of [...queued]) {
    queued.delete(form);
    if (form.isConnected) {
      const button = submitters.get(form);
      form.requestSubmit(button?.isConnected ? button : null);
    }
  }
}

/** Images that are pasted or dropped go into the text, other files beside it. */
function startImages(): void {
  document.addEventListener("paste", (event) => {
    const form = formOf(event);
    const files = [...(event.clipboardData?.files ?? [])];
    if (form && files.length > 0) {
      event.preventDefault();
      files.forEach((file) => place(form, file));
    }
  });
  document.addEventListener("dragover", (event) => {
    const form = formOf(event);
    if (form && event.dataTransfer?.types.includes("Files")) {
      event.preventDefault();
      form.classList.add("drop");
    }
  });
  document.addEventListener("dragleave", (event) => formOf(event)?.classList.remove("drop"));
  document.addEventListener("drop", (event) => {
    const form = formOf(event);
    const files = [...(event.dataTransfer?.files ?? [])];
    form?.classList.remove("drop");
    if (form && files.length > 0) {
      event.preventDefault();
      files.forEach((file) => place(form, file));
    }
  });
}

function place(form: HTMLFormElement, file: File): void {
  form.addEventListener("desk:files", () => keepDraft(form), { once: true });
  const shown = /^image\/(png|jpeg|gif|webp)$/.test(file.type);
  upload(form, file, shown ? (_, path) => insert(form, `![${file.name.replace(/[[\]]/g, "")}](${path})`) : undefined);
}

/** Puts text where the cursor is. */
export function insert(form: HTMLFormElement, body: string): void {
  const text = textOf(form);
  if (text) {
    text.setRangeText(body, text.selectionStart, text.selectionEnd, "end");
    text.focus();
    text.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

function settle(): void {
  forgetSent();
  const form = document.querySelector<HTMLFormElement>("[data-composer]");
  if (!form) {
    return;
  }
  restoreDraft(form);
  followDraft(form);
  look(form, false);
  grow(form);
  showMode(form);
  showUnresolved(form);
}

/** While nothing is written, what is on the screen has been seen; while something is, what came since is pointed out. */
function look(form: HTMLFormElement, seen: boolean): void {
  const talk = document.querySelector<HTMLElement>("[data-conversation]");
  const field = form.querySelector<HTMLInputElement>("[data-seen]");
  const waiting = form.querySelector<HTMLInputElement>("[data-waiting]");
  if (!talk?.dataset.last || !field || !waiting) {
    return;
  }
  if (seen || !textOf(form)?.value) {
    // What waited to leave is known under the same name when it has left.
    const known = new Set(`${waiting.value},${talk.dataset.waiting ?? ""}`.split(",").filter(Boolean));
    waiting.value = [...known].join(",");
    field.value = talk.dataset.last;
  }
  const own = waiting.value.split(",").includes(talk.dataset.last);
  document.querySelector("[data-news]")?.toggleAttribute("hidden", own || field.value === talk.dataset.last);
}

function grow(form: HTMLFormElement): void {
  const text = textOf(form);
  if (text) {
    text.style.height = "auto";
    text.style.height = `${text.scrollHeight + 2}px`;
  }
}

function showMode(form: HTMLFormElement): void {
  const mode = form.querySelector<HTMLInputElement>("input[name=mode]:checked")?.value;
  form.querySelector("[data-reply-label]")?.toggleAttribute("hidden", mode === "Note" || mode === "Forward");
  form.querySelector("[data-note-label]")?.toggleAttribute("hidden", mode !== "Note");
  form.querySelector("[data-forward-label]")?.toggleAttribute("hidden", mode !== "Forward");
  const copies = form.querySelector<HTMLInputElement>("input[name=cc]");
  if (mode === "All" && copies && form.dataset.all !== "1") {
    // From here on the field says who gets a copy, also when somebody is taken out of it.
    form.dataset.all = "1";
    const others = (copies.dataset.others ?? "").split(", ").filter((a) => a && !copies.value.includes(a));
    copies.value = [copies.value, ...others].filter(Boolean).join(", ");
    copies.closest("details")?.setAttribute("open", "");
    const explicit = document.createElement("input");
    explicit.type = "hidden";
    explicit.name = "explicit";
    explicit.value = "1";
    form.append(explicit);
  }
}

function formOf(event: Event): HTMLFormElement | null {
  return (event.target as HTMLElement).closest<HTMLFormElement>("[data-composer]");
}
