import type { Host, Line, State, Tree } from "./types";

/** What the view hears of. */
export interface Events {
  line(line: Line): void;
  /** Another conversation has begun: what is shown belongs to the old one. */
  restart(): void;
  state(state: State): void;
  presence(online: boolean): void;
  greet(body: Tree[], name: string, choices: string[]): void;
  typing(name: string): void;
  read(seq: number): void;
  connected(yes: boolean): void;
  refused(id: string | undefined, text: string, again: boolean): void;
  answered(id: string): void;
}

/** One message on the wire; docs/chat-protocol.md has them all. */
export interface Frame {
  t: string;
  [key: string]: unknown;
}

/** A page's title that was cut in the middle of an emoji leaves half a character, which no reader of JSON takes: one such frame would hold up all after it. */
export function pack(frame: unknown): string {
  return JSON.stringify(frame, (_, value: unknown) => (typeof value === "string" ? value.replace(/\p{Surrogate}/gu, "\ufffd") : value));
}

/** What makes a message the same one when it is sent twice. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (b) => b.toString(16).padStart(2, "0")).join("");
}

/** Where the visitor is and with what. */
export function context(host: Host): Record<string, unknown> {
  return {
    page: location.href.slice(0, 500),
    title: document.title.slice(0, 200),
    referrer: document.referrer.slice(0, 500) || undefined,
    browser: navigator.userAgent.slice(0, 300),
    locale: navigator.language,
    zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    pages: host.pages,
  };
}
