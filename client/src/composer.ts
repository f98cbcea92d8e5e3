/** The composer: drafts kept on the device, templates, files, the keys that send. */
export function startComposer(): void {
  document.addEventListener("input", (event) => {
    const form = (event.target as HTMLElement).closest<HTMLFormElement>("[data-composer]");
    if (form) {
      grow(form);
      save(form);
      showFiles(form);
      showMode(form);
    }
  });
  document.addEventListener("change", (event) => {
    const form = (event.target as HTMLElement).closest<HTMLFormElement>("[data-composer]");
    if (form) {
      showFiles(form);
      showMode(form);
    }
  });
  document.addEventListener("keydown", (event) => {
    const form = (event.target as HTMLElement).closest<HTMLFormElement>("[data-composer]");
    if (form && event.key === "Enter" && (event.metaKey || event.ctrlKey)) {
      event.preventDefault();
      const button = form.querySelector<HTMLButtonElement>(event.shiftKey ? "[data-send-solve]" : "[data-send]");
      form.requestSubmit(button ?? undefined);
    } else if (form && event.key === "Escape") {
      (event.target as HTMLElement).blur();
    }
  });
  document.addEventListener("click", (event) => {
    const template = (event.target as HTMLElement).closest<HTMLElement>("[data-template]");
    const form = template?.closest<HTMLFormElement>("[data-composer]");
    if (template && form) {
      insert(form, template.dataset.template ?? "");
      template.closest("details")?.removeAttribute("open");
    }
  });
  document.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    if (form.matches("[data-composer]")) {
      form.dataset.sent = "1";
    }
  }, true);
  document.addEventListener("htmx:after:swap", () => restore());
  restore();
}

const keyOf = (form: HTMLFormElement): string => `draft:${form.dataset.composer}`;
const textOf = (form: HTMLFormElement): HTMLTextAreaElement | null => form.querySelector("textarea");

function save(form: HTMLFormElement): void {
  const text = textOf(form)?.value ?? "";
  const state = form.querySelector<HTMLElement>("[data-draft-state]");
  if (text.trim()) {
    localStorage.setItem(keyOf(form), text);
    if (state) {
      state.textContent = document.body.dataset.draftText ?? "";
    }
  } else {
    localStorage.removeItem(keyOf(form));
    if (state) {
      state.textContent = "";
    }
  }
}

/** After sending, the server's page has a new message and an empty field: only then the draft goes. */
function restore(): void {
  const form = document.querySelector<HTMLFormElement>("[data-composer]");
  const text = form && textOf(form);
  if (!form || !text || form.dataset.restored) {
    return;
  }
  form.dataset.restored = "1";
  const sent = sessionStorage.getItem("sent") === form.dataset.composer;
  sessionStorage.removeItem("sent");
  const kept = localStorage.getItem(keyOf(form));
  if (sent && text.getAttribute("aria-invalid") !== "true") {
    localStorage.removeItem(keyOf(form));
  } else if (kept && !text.value) {
    text.value = kept;
  }
  form.addEventListener("submit", () => sessionStorage.setItem("sent", form.dataset.composer ?? ""));
  grow(form);
  showMode(form);
}

function insert(form: HTMLFormElement, body: string): void {
  const text = textOf(form);
  if (text) {
    text.setRangeText(body, text.selectionStart, text.selectionEnd, "end");
    text.focus();
    text.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

function grow(form: HTMLFormElement): void {
  const text = textOf(form);
  if (text) {
    text.style.height = "auto";
    text.style.height = `${text.scrollHeight + 2}px`;
  }
}

function showFiles(form: HTMLFormElement): void {
  const input = form.querySelector<HTMLInputElement>("input[type=file]");
  const place = form.querySelector<HTMLElement>("[data-files]");
  if (input && place) {
    place.replaceChildren(...[...(input.files ?? [])].map((file) => {
      const chip = document.createElement("span");
      chip.className = "chip";
      chip.textContent = file.name;
      return chip;
    }));
  }
}

function showMode(form: HTMLFormElement): void {
  const note = form.querySelector<HTMLInputElement>("input[name=internal]:checked")?.value === "true";
  form.querySelector("[data-reply-label]")?.toggleAttribute("hidden", note);
  form.querySelector("[data-note-label]")?.toggleAttribute("hidden", !note);
}
