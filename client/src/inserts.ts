import { textOf } from "./drafts";

// "/" a template, "{" a variable, "@" a person: a list that narrows while one goes on typing.
interface Choice {
  words: string;
  more: string;
  text: string;
  template?: string;
}

let written: HTMLTextAreaElement | undefined;
let open: { form: HTMLFormElement; text: HTMLTextAreaElement; from: number; sign: string; list: HTMLElement; at: number; shown: Choice[] } | undefined;

export function startInserts(): void {
  document.addEventListener("input", (event) => {
    const text = event.target as HTMLElement;
    const form = text.closest<HTMLFormElement>("[data-composer]");
    if (form && text instanceof HTMLTextAreaElement) {
      follow(form, text);
    }
  });
  document.addEventListener("keydown", (event) => {
    if (!open || event.target !== open.text) {
      return;
    }
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      mark(open.at + (event.key === "ArrowDown" ? 1 : -1));
    } else if ((event.key === "Enter" || event.key === "Tab") && !event.metaKey && !event.ctrlKey && open.shown.length > 0) {
      event.preventDefault();
      event.stopImmediatePropagation();
      take(open.at);
    } else if (event.key === "Escape") {
      event.preventDefault();
      event.stopImmediatePropagation();
      close();
    }
  }, true);
  document.addEventListener("focusin", (event) => {
    written = event.target instanceof HTMLTextAreaElement ? event.target : written;
  });
  document.addEventListener("click", (event) => {
    const chip = (event.target as HTMLElement).closest<HTMLElement>("[data-insert]");
    const form = chip?.closest("form");
    // Of several texts the one that was written in last.
    const text = written && form?.contains(written) ? written : form?.querySelector<HTMLTextAreaElement>("textarea");
    if (chip && text) {
      text.setRangeText(chip.dataset.insert ?? "", text.selectionStart, text.selectionEnd, "end");
      text.focus();
      text.dispatchEvent(new Event("input", { bubbles: true }));
    }
  });
  document.addEventListener("focusout", (event) => {
    if (open && event.target === open.text) {
      window.setTimeout(close, 150);
    }
  });
}

function follow(form: HTMLFormElement, text: HTMLTextAreaElement): void {
  const before = text.value.slice(0, text.selectionStart);
  const found = /(?:^|[\s，。、：（(])([/@])([^\s/@{}]{0,24})$|(\{)([^\s{}]{0,24})$/u.exec(before);
  const sign = found?.[1] ?? found?.[3];
  if (!found || !sign) {
    close();
    return;
  }
  const word = found[2] ?? found[4] ?? "";
  const shown = choices(form, sign).filter((c) => fold(c.words + c.more).includes(fold(word))).slice(0, 8);
  if (shown.length === 0) {
    close();
    return;
  }
  const list = open?.list ?? document.createElement("div");
  if (!open) {
    list.className = "menu inserts";
    list.setAttribute("role", "listbox");
    text.after(list);
    text.setAttribute("aria-expanded", "true");
  }
  open = { form, text, from: before.length - word.length - 1, sign, list, at: 0, shown };
  list.replaceChildren(...shown.map((choice, index) => {
    const line = document.createElement("div");
    line.setAttribute("role", "option");
    line.id = `insert-${index}`;
    line.append(choice.words);
    const more = document.createElement("span");
    more.className = "t3 trunc";
    more.textContent = choice.more;
    line.append(more);
    line.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      take(index);
    });
    return line;
  }));
  mark(0);
}

function choices(form: HTMLFormElement, sign: string): Choice[] {
  if (sign === "/") {
    return [...form.querySelectorAll<HTMLElement>("[data-template]")].map((b) => ({ words: b.textContent?.trim() ?? "", more: "", text: b.dataset.template ?? "", template: b.dataset.templateId }));
  }
  return [...document.querySelectorAll<HTMLElement>(sign === "{" ? "[data-variable]" : "[data-person]")]
    .map((b) => ({ words: b.textContent?.trim() ?? "", more: sign === "{" ? (b.dataset.variable ?? "") : "", text: b.dataset.value ?? "" }));
}

function mark(index: number): void {
  if (open) {
    open.at = (index + open.shown.length) % open.shown.length;
    [...open.list.children].forEach((line, i) => line.setAttribute("aria-selected", String(i === open?.at)));
    open.text.setAttribute("aria-activedescendant", `insert-${open.at}`);
  }
}

function take(index: number): void {
  const choice = open?.shown[index];
  if (!open || !choice) {
    return;
  }
  const { form, text, from } = open;
  close();
  text.setRangeText(choice.text, from, text.selectionStart, "end");
  used(form, choice.template);
  text.dispatchEvent(new Event("input", { bubbles: true }));
}

/** Which templates an answer was made of is counted when it is sent. */
export function used(form: HTMLFormElement, template: string | undefined): void {
  if (template) {
    const field = document.createElement("input");
    field.type = "hidden";
    field.name = "template";
    field.value = template;
    form.append(field);
  }
}

function close(): void {
  if (open) {
    open.list.remove();
    open.text.removeAttribute("aria-expanded");
    open.text.removeAttribute("aria-activedescendant");
    open = undefined;
  }
}

/** What is still between braces stands below the field, so that it is seen before sending. */
export function showUnresolved(form: HTMLFormElement): void {
  const place = form.querySelector<HTMLElement>("[data-unresolved]");
  const left = [...new Set((textOf(form)?.value ?? "").match(/\{\{[^{}]{1,60}\}\}/g) ?? [])].filter(known);
  const note = form.querySelector<HTMLInputElement>("input[name=mode]:checked")?.value === "Note";
  if (place) {
    place.hidden = left.length === 0 || note;
    place.querySelector("[data-names]")?.replaceChildren(...left.map((name) => {
      const chip = document.createElement("span");
      chip.className = "chip bad";
      chip.textContent = name;
      return chip;
    }));
  }
}

// Chinese names and those that begin as ours do are meant as variables; other braces may be what the answer is about.
function known(place: string): boolean {
  const name = place.slice(2, -2).split(/[|｜]/)[0]?.trim() ?? "";
  return /^(field|customer|ticket|agent|business)\.|^[\u4e00-\u9fff]+$/.test(name) || document.querySelector(`[data-variable="${CSS.escape(name)}"]`) !== null;
}

const fold = (text: string): string => text.toLowerCase().normalize("NFKC");
