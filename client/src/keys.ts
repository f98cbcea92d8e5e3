// The keyboard map. Single keys work when no field has focus; the elements say which key is theirs (data-key).

import { afterChange, openNumber } from "./asked";
import { extend, pickCurrent } from "./bulk";

const PLACES: Record<string, string> = { t: "/", i: "/inbox", c: "/customers", b: "/knowledge", m: "/mail", s: "/settings" };
const SINGLE = "single-keys";
let going = 0;

export function startKeys(): void {
  nameKeys();
  showPanes();
  document.addEventListener("htmx:after:swap", () => nameKeys());
  const single = document.querySelector<HTMLInputElement>("[data-single-keys]");
  if (single) {
    single.checked = localStorage.getItem(SINGLE) !== "off";
    single.disabled = false;
    single.addEventListener("change", () => (single.checked ? localStorage.removeItem(SINGLE) : localStorage.setItem(SINGLE, "off")));
  }
  document.addEventListener("keydown", (event) => {
    if ((event.metaKey || event.ctrlKey) && event.key.toLowerCase() === "k") {
      event.preventDefault();
      document.querySelector<HTMLElement>("[data-palette]")?.click();
      return;
    }
    if ((event.metaKey || event.ctrlKey) && event.key === "Enter" && !isTyping(event.target) && press('[data-key="mod+Enter"]')) {
      event.preventDefault();
      return;
    }
    const menu = event.key === "Escape" && isTyping(event.target) ? (event.target as HTMLElement).closest<HTMLDetailsElement>("details.pop[open]") : null;
    if (menu) {
      menu.open = false;
      menu.querySelector("summary")?.focus();
      event.preventDefault();
      return;
    }
    if (event.metaKey || event.ctrlKey || event.altKey || isTyping(event.target)) {
      return;
    }
    if (localStorage.getItem(SINGLE) === "off") {
      return;
    }
    if (document.querySelector("dialog[open]")) {
      return; // A dialog has the keyboard to itself.
    }
    if (event.key === "Enter" && (event.target as HTMLElement).closest("a, button, summary, input")) {
      return; // What has the focus takes it, also while a row is marked.
    }
    if (handle(event.key)) {
      event.preventDefault();
    }
  });
}

function handle(key: string): boolean {
  const place = going && Date.now() - going < 1200 ? PLACES[key.toLowerCase()] : undefined;
  going = key.toLowerCase() === "g" ? Date.now() : 0;
  if (place) {
    location.assign(place);
    return true;
  }
  switch (key) {
    case "j":
    case "k":
      return later(key) || move(key === "j" ? 1 : -1);
    case "J":
    case "K":
      return extend(key === "J" ? 1 : -1);
    case "x":
      return pickCurrent();
    case "Enter":
    case "o":
      return press("[data-number].cursor a");
    case "Escape":
      return press(".pop[open] > summary") || press("#talk .bar a.narrow");
    case ".":
      return press("[data-pill]:not([hidden])");
    case "[":
    case "]":
      return fold(key === "[" ? "list" : "panel");
    case "?":
      return openHelp();
    case "z":
      // What was done last is taken back first; a notice may offer to take back what is older.
      return later(key) || press('.toast:not([hidden]) [data-key="z"]') || press('[data-key="z"]');
    default:
      return press(`[data-key="${CSS.escape(key)}"]`);
  }
}

/** A key on the heels of a change means what comes of it: Z takes back that change and none before, and J has nothing left to do once the next ticket is there. */
function later(key: string): boolean {
  const from = openNumber();
  return afterChange(() => (key === "z" || openNumber() === from) && handle(key));
}

function press(selector: string): boolean {
  const element = [...document.querySelectorAll<HTMLElement>(selector)].find((e) => e.offsetParent !== null || e instanceof HTMLInputElement || e.closest("details.pop"));
  if (!element) {
    return false;
  }
  element.click();
  if (element instanceof HTMLInputElement && element.form) {
    element.form.querySelector<HTMLTextAreaElement>("textarea")?.focus();
  } else if (element.matches("summary")) {
    element.parentElement?.querySelector<HTMLElement>(".menu button, .menu select, .menu textarea, .menu input:not([type=hidden])")?.focus();
  }
  return true;
}

/** Opens the next ticket of the list at once: reading is the action. */
function move(step: number): boolean {
  const items = [...document.querySelectorAll<HTMLElement>("[data-list] [data-number], [data-tasks] .task")];
  if (items.length === 0) {
    return false;
  }
  const on = items.findIndex((i) => i.matches(".on"));
  const at = on < 0 ? items.findIndex((i) => i.matches(".cursor")) : on;
  const next = items[Math.min(items.length - 1, Math.max(0, at < 0 ? 0 : at + step))];
  items.forEach((i) => i.classList.remove("cursor"));
  next?.scrollIntoView({ block: "nearest" });
  const link = next?.matches("a") ? next : next?.querySelector<HTMLElement>("a");
  if (next?.matches(".task, tr")) {
    next.classList.add("cursor");
    link?.focus();
  } else {
    link?.click();
  }
  return true;
}

/** Takes the list or the side panel away beside a conversation, or brings it back; on a narrow screen the panel takes the conversation's place. */
function fold(pane: "list" | "panel"): boolean {
  if (!document.querySelector("#talk[data-number]")) {
    return false;
  }
  if (pane === "panel" && !window.matchMedia("(min-width: 1181px)").matches) {
    return press(document.querySelector("#panel:target") ? "#panel a[data-aside]" : "#talk a[data-aside]");
  }
  localStorage.setItem(`fold-${pane}`, localStorage.getItem(`fold-${pane}`) ? "" : "1");
  showPanes();
  return true;
}

function showPanes(): void {
  for (const pane of ["list", "panel"]) {
    document.documentElement.toggleAttribute(`data-no-${pane}`, !!localStorage.getItem(`fold-${pane}`));
  }
}

/** Keyboards without ⌘ have Ctrl. */
function nameKeys(): void {
  if (/Mac|iPhone|iPad/.test(navigator.userAgent)) {
    return;
  }
  document.querySelectorAll("kbd").forEach((key) => {
    if (key.textContent?.includes("⌘")) {
      key.textContent = key.textContent.replace("⌘", "Ctrl ").replace("⇧", "⇧ ");
    }
  });
}

function openHelp(): boolean {
  document.querySelector<HTMLDialogElement>("#keys-help")?.showModal();
  return true;
}

export function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || (target.matches("input, textarea, select") && !target.matches("[type=radio], [type=checkbox]")));
}
