import { ChatClient } from "./client";
import { h, icon } from "./dom";
import { Hints } from "./hints";
import { PANEL } from "./panel-style";
import { store } from "./store";
import { dress } from "./style";
import { Talk } from "./talk";
import type { Host, Panel, State } from "./types";
import { whenText } from "./when";

/** Everything that comes when the panel is opened, or when a conversation goes on. */
export function start(host: Host): Panel {
  const t = host.config.texts;
  dress(host.root, PANEL);
  let state: State | undefined;
  let opened = false;
  let typingTimer = 0;
  let lastTyped = 0;

  const avatar = h("span", { class: "av", "aria-hidden": "true" });
  const title = h("b", {});
  const note = h("small", {});
  const close = h("button", { class: "sq", type: "button", "aria-label": t.close, click: () => panel.close() }, icon("close"));
  const person = h("button", { class: "sq", type: "button", "aria-label": t.person, title: t.person, click: () => talk.askPerson() }, icon("person"));
  const log = h("div", { class: "talk", role: "log", "aria-live": "polite", "aria-label": t.log, tabindex: "0" });
  const strip = h("div", { class: "strip", role: "status", hidden: true }, t.offline);
  const input = h("textarea", { rows: "1", "aria-label": t.input, placeholder: t.placeholder, maxlength: String(host.config.longest) });
  const file = h("input", { type: "file", class: "sr", multiple: true, tabindex: "-1", "aria-hidden": "true" });
  const clip = h("button", { class: "sq", type: "button", "aria-label": t.attach, click: () => file.click() }, icon("clip"));
  const send = h("button", { class: "sq send", type: "submit", "aria-label": t.send }, icon("up"));
  const form = h("form", { submit: (e) => { e.preventDefault(); submit(); } }, h("div", { class: "box" }, input, file, clip, send));
  const hints = new Hints(host);
  const foot = h("footer", {}, hints.element, form);
  const dialog = h("section", { class: "wg", role: "dialog", "aria-label": t.title.replace("{0}", host.config.name), hidden: true },
    h("header", {}, avatar, h("div", { class: "who" }, title, note), person, close), strip, log, foot);
  host.launcher.parentElement?.append(dialog);

  const client = new ChatClient(host, {
    line(line) {
      talk.line(line);
      if (line.kind === "agent" || line.kind === "bot") {
        stopTyping();
      }
      seen();
    },
    restart: () => talk.restart(),
    state(now) {
      state = now;
      show();
    },
    presence(online) {
      if (state) {
        state = { ...state, online };
        show();
      }
    },
    greet: (body, name, choices) => talk.greet(body, name, choices),
    typing(name) {
      talk.typing(name);
      window.clearTimeout(typingTimer);
      typingTimer = window.setTimeout(stopTyping, 6000);
    },
    read: (seq) => talk.read(seq),
    connected(yes) {
      strip.hidden = yes;
      if (yes) {
        talk.tellSeen();
      }
    },
    refused: (id, text, again) => talk.refused(id, text, again),
    answered: (id) => talk.answered(id),
  });
  const talk = new Talk(host, client, log);

  function stopTyping(): void {
    talk.typing(undefined);
  }

  function show(): void {
    if (!state) {
      return;
    }
    const bot = state.bot && host.config.bot !== undefined;
    const name = bot ? host.config.bot ?? "" : state.name ?? host.config.name;
    title.textContent = name;
    avatar.replaceChildren(bot ? icon("bot") : [...name][0] ?? "");
    avatar.classList.toggle("live", !bot && state.online);
    const when = state.expected ? whenText(state.expected, host.config) : undefined;
    note.textContent = bot ? t.botNote : state.online ? t.online : when ? t.away.replace("{0}", when) : t.awayLong;
    note.classList.toggle("on", !bot && state.online);
    person.hidden = !bot;
    talk.state(state);
    const asks = talk.asksFirst;
    foot.hidden = asks;
  }

  function submit(): void {
    const text = input.value.trim();
    if (!text) {
      return;
    }
    input.value = "";
    store.set("draft", null);
    hints.typed("");
    grow();
    talk.say(text);
  }

  function grow(): void {
    input.style.height = "auto";
    input.style.height = `${Math.min(input.scrollHeight, 120)}px`;
    send.disabled = !input.value.trim();
  }

  function seen(): void {
    if (opened && document.visibilityState === "visible") {
      talk.seen();
    }
    host.unread(talk.unread);
  }

  input.addEventListener("input", () => {
    grow();
    store.set("draft", input.value || null);
    hints.typed(input.value);
    if (Date.now() - lastTyped > 2000) {
      lastTyped = Date.now();
      client.send({ t: "typing" });
    }
  });
  input.addEventListener("keydown", (e) => {
    // While Chinese is being composed, Enter chooses a character.
    if (e.key === "Enter" && !e.shiftKey && !e.isComposing) {
      e.preventDefault();
      submit();
    }
  });
  file.addEventListener("change", () => {
    talk.upload([...(file.files ?? [])]);
    file.value = "";
  });
  dialog.addEventListener("paste", (e) => drop(e.clipboardData, e));
  dialog.addEventListener("dragover", (e) => e.preventDefault());
  dialog.addEventListener("drop", (e) => drop(e.dataTransfer, e));
  document.addEventListener("visibilitychange", seen);
  dialog.addEventListener("keydown", (e) => {
    e.stopPropagation(); // The page's own keys are not meant.
    if (e.key === "Escape") {
      panel.close();
    } else if (e.key === "Tab") {
      trap(e);
    }
  });

  function drop(data: DataTransfer | null, e: Event): void {
    const files = [...(data?.files ?? [])];
    if (files.length) {
      e.preventDefault();
      talk.upload(files);
    }
  }

  /** Tab stays in the panel; Escape leaves it. */
  function trap(e: KeyboardEvent): void {
    const stops = [...dialog.querySelectorAll<HTMLElement>("button,input:not(.sr),textarea,a[href],[tabindex='0']")].filter((s) => s.offsetParent !== null && !s.hasAttribute("disabled"));
    const [first, last] = [stops[0], stops[stops.length - 1]];
    const now = host.root.activeElement;
    if (e.shiftKey ? now === first : now === last) {
      e.preventDefault();
      (e.shiftKey ? last : first)?.focus();
    }
  }

  const panel: Panel = {
    open() {
      opened = true;
      dialog.hidden = false;
      host.launcher.hidden = true;
      host.launcher.setAttribute("aria-expanded", "true");
      store.set("open", "1");
      if (host.invitation) {
        talk.invitation(host.invitation);
      }
      (foot.hidden ? log : input).focus();
      log.scrollTop = log.scrollHeight;
      seen();
    },
    close() {
      opened = false;
      dialog.hidden = true;
      host.launcher.hidden = false;
      host.launcher.setAttribute("aria-expanded", "false");
      store.set("open", null);
      host.launcher.focus();
    },
    identify: (user) => client.identify(user),
  };
  input.value = store.get("draft") ?? "";
  send.disabled = !input.value.trim();
  talk.pending(store.outbox());
  client.start();
  return panel;
}
