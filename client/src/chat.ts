import { csrfToken } from "./csrf";

interface News {
  number: number;
  what: "here" | "typing" | "read";
  value: boolean | number;
}

/** A conversation with somebody who sits at the other end now: they see that we read and type, we see it of them. */
export function startChat(): void {
  let typing: number | undefined;
  let told = 0;
  // How far the other end has read, by ticket: they may have read an answer before this page shows it.
  const read = new Map<string, number>();

  document.addEventListener("desk:chat", (event) => {
    const news = (event as CustomEvent<News>).detail;
    const line = lineOf();
    if (news.what === "read") {
      read.set(String(news.number), Math.max(read.get(String(news.number)) ?? 0, Number(news.value)));
    }
    if (line?.dataset.chat !== String(news.number)) {
      return;
    }
    if (news.what === "here") {
      shows(line, "here", news.value === true);
      shows(line, "away", news.value !== true);
      if (news.value !== true) {
        shows(line, "typing", false);
      }
    } else if (news.what === "typing") {
      shows(line, "typing", true);
      window.clearTimeout(typing);
      typing = window.setTimeout(() => shows(line, "typing", false), 4000);
    } else {
      showRead(line, Number(news.value));
    }
  });
  document.addEventListener("desk:changed", (event) => {
    const changes = (event as CustomEvent).detail as { number: number; kind: string | number }[];
    const line = lineOf();
    if (line && changes.some((c) => String(c.number) === line.dataset.chat)) {
      shows(line, "typing", false);
      seen();
    }
  });
  document.addEventListener("input", (event) => {
    const form = (event.target as HTMLElement).closest<HTMLFormElement>("[data-composer]");
    const line = lineOf();
    const note = form?.querySelector<HTMLInputElement>("input[name=mode]:checked")?.value === "Note";
    if (form && line && !note && Date.now() - told > 2500) {
      told = Date.now();
      post(line, "typing");
    }
  });
  document.addEventListener("visibilitychange", seen);
  document.addEventListener("htmx:after:swap", () => {
    const line = lineOf();
    const to = line && read.get(line.dataset.chat ?? "");
    if (line && to) {
      showRead(line, to);
    }
    seen();
  });
  seen();
}

const lineOf = (): HTMLElement | null => document.querySelector<HTMLElement>("[data-chat]");

function shows(line: HTMLElement, what: string, yes: boolean): void {
  line.querySelector(`[data-chat-shows=${what}]`)?.toggleAttribute("hidden", !yes);
}

function showRead(line: HTMLElement, to: number): void {
  const last = Number(line.querySelector<HTMLElement>("[data-chat-shows=read]")?.dataset.chatLast ?? "0");
  if (last > 0) {
    shows(line, "read", to >= last);
  }
}

let waiting: number | undefined;

/** Read is what is on a screen that somebody looks at; a burst counts once. */
function seen(): void {
  const line = lineOf();
  if (line && document.visibilityState === "visible") {
    waiting ??= window.setTimeout(() => {
      waiting = undefined;
      post(line, "seen");
    }, 300);
  }
}

function post(line: HTMLElement, what: string): void {
  void fetch(`/chat/desk/${line.dataset.chat}/${what}`, {
    method: "POST",
    headers: { "X-CSRF-Token": csrfToken() },
    body: new URLSearchParams({ now: "1" }),
  }).catch(() => undefined); // It passes; the next one tells again.
}
