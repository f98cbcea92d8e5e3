import { h, icon } from "./dom";
import { store } from "./store";
import { BASE, dress } from "./style";
import type { Config, Host, Panel, SiteUser } from "./types";

/**
 * The one script of a site's page: a button, and nothing else until somebody wants it. `<script src="https://desk.example.com/widget.js" async></script>`,
 * with `data-lang` to choose a language and `data-pages` when the visitor agreed that the last pages are told.
 */
interface Api {
  open(): void;
  close(): void;
  /** Says who is signed in; the hash is HMAC-SHA256 of the id with the desk's secret, made on the site's server. */
  identify(user: SiteUser | undefined): void;
}

declare global {
  interface Window {
    Solodesk?: Api;
    solodeskUser?: SiteUser;
  }
}

const script = document.currentScript as HTMLScriptElement | null;

async function start(from: HTMLScriptElement): Promise<void> {
  const base = new URL(from.src).origin;
  const lang = from.dataset.lang ?? (document.documentElement.lang || navigator.language);
  const answer = await fetch(`${base}/widget/config?lang=${encodeURIComponent(lang)}`, { credentials: "omit" });
  if (!answer.ok) {
    return; // The founder has switched it off, or this site is not on the list.
  }
  const config = (await answer.json()) as Config;
  const place = h("div", { id: "solodesk", lang: config.language === "en" ? "en" : "zh-CN" });
  place.style.setProperty("--accent", config.colour);
  const root = place.attachShadow({ mode: "open" });
  dress(root, BASE);
  const count = h("span", { class: "n", hidden: true });
  const launcher = h("button", { class: "launch", type: "button", "aria-haspopup": "dialog", "aria-expanded": "false" }, icon("chat", true), config.texts.launch, count);
  const all = h("div", { class: config.side === "left" ? "left" : "" }, launcher);
  root.append(all);
  const host: Host = {
    base,
    config,
    root,
    launcher,
    user: window.solodeskUser,
    pages: remember(from),
    unread(n) {
      count.hidden = n === 0;
      count.textContent = n > 9 ? "9+" : String(n);
      launcher.setAttribute("aria-label", n ? `${config.texts.launch}: ${config.texts.unread.replace("{0}", String(n))}` : config.texts.launch ?? "");
    },
  };
  const whenReady = (): void => void document.body.append(place);
  if (document.body) {
    whenReady();
  } else {
    addEventListener("DOMContentLoaded", whenReady);
  }

  let panel: Promise<Panel> | undefined;
  const load = (): Promise<Panel> => (panel ??= (import(base + config.panel) as Promise<{ start(host: Host): Panel }>).then((m) => m.start(host)).catch((e: unknown) => {
    panel = undefined; // No network just now: the next press tries again.
    throw e;
  }));
  const open = (): void => void load().then((p) => p.open(), () => undefined);
  launcher.addEventListener("click", open);
  window.Solodesk = {
    open,
    close: () => void panel?.then((p) => p.close()),
    identify(user) {
      host.user = user;
      void panel?.then((p) => p.identify(user));
    },
  };
  if (store.get("talk") || store.outbox().length) {
    void load(); // Something is going on: answers must arrive while the panel is closed, and what was not sent must be.
  } else {
    invite(host, all, open);
  }
}

/** What the founder says first, on some pages, after a while, once in a visit. */
function invite(host: Host, all: HTMLElement, open: () => void): void {
  const rule = host.config.invitations.findIndex((i) => i.page === "*" || location.pathname.includes(i.page));
  const found = host.config.invitations[rule];
  if (!found || sessionStorageGet("invited")) {
    return;
  }
  window.setTimeout(() => {
    if (host.launcher.getAttribute("aria-expanded") === "true") {
      return;
    }
    sessionStorageSet("invited");
    host.invitation = { rule, text: found.text };
    const box = h("div", { class: "invite", role: "status" },
      h("button", { class: "say", type: "button", click: () => { box.remove(); open(); } }, found.text),
      h("button", { class: "x", type: "button", "aria-label": host.config.texts.close, click: () => box.remove() }, icon("close")));
    host.launcher.addEventListener("click", () => box.remove(), { once: true });
    all.append(box);
  }, Math.max(1, found.seconds) * 1000);
}

function remember(from: HTMLScriptElement): string[] {
  if (!("pages" in from.dataset)) {
    return [];
  }
  const before = (sessionStorageGet("pages") ?? "").split("\n").filter(Boolean).slice(-9);
  const here = location.href.slice(0, 300);
  sessionStorageSet("pages", [...before.filter((p) => p !== here), here].join("\n"));
  return before;
}

function sessionStorageGet(key: string): string | null {
  try {
    return sessionStorage.getItem(`solodesk:${key}`);
  } catch {
    return null;
  }
}

function sessionStorageSet(key: string, value = "1"): void {
  try {
    sessionStorage.setItem(`solodesk:${key}`, value);
  } catch {
    // Forbidden: then it may come once more.
  }
}

if (script && !window.Solodesk) {
  void start(script).catch(() => undefined);
}
