import htmx from "htmx.org";
import { openNumber } from "./asked";

/** The list and the conversation: the pill of waiting changes, mail frames, menus. */
export function startInbox(): void {
  document.addEventListener("desk:changed", (event) => {
    const changes = (event as CustomEvent).detail as { number: number; kind: string | number }[];
    // Number 0 is news of something that is no ticket.
    const numbers = new Set(changes.map((c) => c.number).filter((n) => n > 0));
    if (numbers.size > 0) {
      announce(numbers);
    }
  });
  document.addEventListener("click", (event) => {
    const target = event.target as HTMLElement;
    if (target.closest("[data-pill]")) {
      refreshList();
    }
    const aside = target.closest<HTMLElement>("a[data-aside]");
    if (aside) {
      // The same page, wherever its address stands by now.
      event.preventDefault();
      location.hash = aside.dataset.aside ?? "";
    }
    document.querySelectorAll<HTMLDetailsElement>("details.pop[open]").forEach((menu) => {
      if (!menu.contains(target)) {
        menu.open = false;
      }
    });
  });
  document.addEventListener("htmx:before:swap", () => {
    // Measured before anything is added: who reads further up stays there.
    atEnd = settled !== null && settled.scrollHeight - settled.scrollTop - settled.clientHeight < 24;
  });
  document.addEventListener("htmx:after:swap", () => settle());
  settle();
}

const waiting = new Set<number>();

/** What changed in a list is shown at once while nobody works in it; otherwise it waits behind the pill. */
function announce(numbers: Set<number>): void {
  const list = document.querySelector<HTMLElement>("[data-list]");
  if (!list) {
    return;
  }
  numbers.forEach((n) => waiting.add(n));
  const busy = list.matches(":hover") || list.contains(document.activeElement) || (list.querySelector(".scroll")?.scrollTop ?? 0) > 8;
  if (!busy) {
    refreshList();
    return;
  }
  const pill = list.querySelector<HTMLElement>("[data-pill]");
  const text = pill?.querySelector<HTMLElement>("[data-pill-text]");
  if (pill && text) {
    text.textContent = waiting.size === 1 ? (text.dataset.one ?? "") : (text.dataset.many ?? "").replace("7", String(waiting.size));
    pill.hidden = false;
  }
}

let pending: number | undefined;
function refreshList(): void {
  waiting.clear();
  pending ??= window.setTimeout(() => {
    pending = undefined;
    const list = document.querySelector("[data-list]");
    if (list) {
      htmx.trigger(list as HTMLElement, "refresh");
    }
  }, 80);
}

let shown = openNumber();
let settled: HTMLElement | null = null;
let settledNumber: string | undefined;

/** Whether the end of the conversation was in sight. */
let atEnd = false;

/** After each swap: the newest words are in sight of who was at the end, mail frames get their height. */
function settle(): void {
  const number = openNumber();
  if (shown !== number) {
    shown = number;
    if (!document.activeElement || document.activeElement === document.body) {
      // What had the focus is gone: reading goes on at the subject.
      document.querySelector<HTMLElement>("#subject")?.focus({ preventScroll: true });
    }
  }
  if (location.hash === "#panel" && !document.querySelector("#panel:target")) {
    location.replace(`${location.pathname}${location.search}#panel`); // It was drawn again while it was shown.
  }
  const talk = document.querySelector<HTMLElement>("[data-conversation]");
  if (talk && (talk !== settled || number !== settledNumber || atEnd)) {
    talk.scrollTop = talk.scrollHeight;
  }
  [settled, settledNumber] = [talk, number];
  document.querySelectorAll<HTMLIFrameElement>("iframe[data-mail]").forEach((frame) => {
    if (!frame.dataset.sized) {
      frame.dataset.sized = "1";
      frame.addEventListener("load", () => {
        const height = frame.contentDocument?.documentElement.scrollHeight;
        if (height) {
          frame.style.height = `${Math.min(height + 16, 2400)}px`;
        }
      });
    }
  });
}
