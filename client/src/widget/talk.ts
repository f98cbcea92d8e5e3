import type { ChatClient } from "./client";
import { addressForm, fieldsForm } from "./forms";
import { grow, h, icon } from "./dom";
import { store } from "./store";
import type { FileLine, Host, Line, Pending, State, Tree } from "./types";
import { clock, whenText } from "./when";

/** What was said, as it is shown: each line once, in its place; what is on its way stands below. */
export class Talk {
  private readonly lines = h("div", { class: "talk" });
  private readonly below = h("div", { class: "talk" });
  private readonly extras = h("div", { class: "talk" });
  private readonly waiting = new Map<string, HTMLElement>();
  private readonly commands = new Map<string, () => void>();
  private now: State | undefined;
  private last = 0;
  private lastMine: { seq: number; meta: HTMLElement } | undefined;
  private readTo = 0;
  private seenTo = Number(store.get("seen") ?? "0");
  private any = false;
  private rule: number | undefined;
  private greeted: HTMLElement | undefined;
  unread = 0;

  constructor(private readonly host: Host, private readonly client: ChatClient, private readonly log: HTMLElement) {
    for (const part of [this.lines, this.below, this.extras]) {
      part.className = "part";
      part.style.display = "contents";
    }
    this.greeted = this.ours([["p", [host.config.texts.hello ?? ""]]]);
    this.lines.append(this.greeted);
    log.append(this.lines, this.below, this.extras);
  }

  /** Nobody is there and nothing was said: first where the answer can go. */
  get asksFirst(): boolean {
    const s = this.now;
    return !!s && !this.any && this.waiting.size === 0 && !s.bot && !s.online && !s.open && !s.address && this.host.config.askAddress;
  }

  say(text: string, files?: FileLine[]): void {
    this.greetingDone();
    const pending = this.client.say(text, files?.map((f) => f.token), this.rule);
    this.rule = undefined;
    this.show(pending, files);
  }

  /** What was written before the page was loaded again and has not arrived yet. */
  pending(outbox: Pending[]): void {
    outbox.forEach((p) => this.show(p));
  }

  line(line: Line): void {
    this.any = true;
    const end = this.atEnd();
    if (line.id) {
      this.waiting.get(line.id)?.remove();
      this.waiting.delete(line.id);
    }
    this.clearOffers();
    this.lines.append(this.element(line));
    this.last = line.seq;
    if (line.kind === "visitor") {
      this.unread = 0;
    } else if (line.seq > this.seenTo && line.kind !== "handedOver" && line.kind !== "solved") {
      this.unread++;
    }
    if (line.kind === "bot") {
      this.offers(line);
    }
    this.offerAddress();
    this.markRead();
    if (end || line.kind === "visitor") {
      this.toEnd();
    }
  }

  restart(): void {
    this.lines.replaceChildren();
    this.extras.replaceChildren();
    this.last = this.unread = this.seenTo = this.readTo = 0;
    this.lastMine = undefined;
    this.any = false;
  }

  greet(body: Tree[], _name: string, choices: string[]): void {
    if (this.any || this.waiting.size) {
      return;
    }
    const greeting = this.ours(body);
    this.greeted?.replaceWith(greeting);
    this.greeted = greeting;
    this.extras.replaceChildren(this.choices(choices));
  }

  invitation(invitation: { rule: number; text: string }): void {
    if (!this.any && !this.waiting.size) {
      this.rule = invitation.rule;
      const said = this.ours([["p", [invitation.text]]]);
      this.greeted?.replaceWith(said);
      this.greeted = said;
    }
  }

  state(now: State): void {
    this.now = now;
    if (this.asksFirst) {
      const texts = this.host.config.texts;
      const when = now.expected ? whenText(now.expected, this.host.config) : undefined;
      this.lines.replaceChildren(this.ours([["p", [(when ? texts.closed : texts.closedLong).replace("{0}", now.name ?? this.host.config.name).replace("{1}", when ?? "")]]]));
      // The state is told again whenever anything changes: what somebody is typing stays.
      if (!this.extras.querySelector("form[data-first]")) {
        const form = addressForm(texts, true, (email, text) => {
          store.set("email", email);
          this.client.send({ t: "address", email });
          this.say(text ?? "");
        });
        form.dataset.first = "1";
        this.extras.replaceChildren(form);
      }
      return;
    }
    const end = this.atEnd();
    this.offerAddress();
    if (end) {
      this.toEnd();
    }
  }

  typing(name: string | undefined): void {
    const end = this.atEnd();
    this.below.querySelector(".typer")?.remove();
    if (name) {
      this.below.append(h("div", { class: "bub typer" }, h("span", { class: "typing", role: "status", "aria-label": this.host.config.texts.typing.replace("{0}", name) }, h("i"), h("i"), h("i"))));
      if (end) {
        this.toEnd();
      }
    }
  }

  read(seq: number): void {
    this.readTo = Math.max(this.readTo, seq);
    this.markRead();
  }

  seen(): void {
    this.unread = 0;
    if (this.last > this.seenTo) {
      this.seenTo = this.last;
      store.set("seen", String(this.last));
      this.client.send({ t: "read", seq: this.last });
    }
  }

  /** The word that something was seen may have been lost with the connection. */
  tellSeen(): void {
    if (this.seenTo > 0) {
      this.client.send({ t: "read", seq: this.seenTo });
    }
  }

  refused(id: string | undefined, text: string, again: boolean): void {
    const bubble = id ? this.waiting.get(id) : undefined;
    if (bubble) {
      bubble.querySelector(".meta")?.remove();
      bubble.append(h("p", { class: again ? "meta" : "meta bad", role: "alert" }, text));
    } else if (text) {
      this.note(text);
    }
  }

  answered(id: string): void {
    this.commands.get(id)?.();
    this.commands.delete(id);
  }

  /** At any time: a person. Who has not said anything yet says just that. */
  askPerson(): void {
    if (!this.any) {
      this.say(this.host.config.texts.person ?? "");
    }
    this.command("person");
  }

  upload(files: File[]): void {
    const { texts, fileBytes, files: most } = this.host.config;
    for (const file of files.slice(0, most)) {
      if (file.size > fileBytes) {
        this.note(texts.tooLarge.replace("{0}", file.name).replace("{1}", String(Math.floor(fileBytes / 1048576))));
        continue;
      }
      const busy = h("p", { class: "ev", role: "status" }, texts.uploading.replace("{0}", file.name));
      this.below.append(busy);
      this.toEnd();
      void this.hand(file).finally(() => busy.remove());
    }
  }

  private async hand(file: File): Promise<void> {
    const { base, config } = this.host;
    const query = new URLSearchParams({ name: file.name, type: file.type, token: this.client.token, lang: config.language });
    try {
      // As plain text, so that the browser need not ask for permission first; what it is stands in the address.
      const answer = await fetch(`${base}/chat/files?${query}`, { method: "POST", credentials: "omit", body: new Blob([file], { type: "text/plain" }) });
      const body = (await answer.json()) as FileLine & { text?: string };
      if (answer.ok) {
        this.say("", [body]);
      } else {
        this.note(body.text ?? config.texts.failed.replace("{0}", file.name));
      }
    } catch {
      this.note(config.texts.failed.replace("{0}", file.name));
    }
  }

  private command(t: string): void {
    const id = Math.random().toString(36).slice(2).padEnd(8, "0");
    this.client.command({ t, id });
  }

  private greetingDone(): void {
    if (this.asksFirst) {
      this.lines.replaceChildren();
    }
    this.clearOffers();
  }

  /** What could be pressed is over; the address that somebody may be typing is not. */
  private clearOffers(): void {
    for (const offer of [...this.extras.children]) {
      if (!offer.matches("[data-ask]")) {
        offer.remove();
      }
    }
  }

  private show(pending: Pending, files?: FileLine[]): void {
    const bubble = h("div", { class: "me" }, h("div", { class: "bub wait" }, pending.text || files?.map((f) => f.name).join(", ") || "…"));
    this.waiting.set(pending.id, bubble);
    this.below.append(bubble);
    this.toEnd();
  }

  private element(line: Line): HTMLElement {
    const { texts } = this.host.config;
    const at = clock(line.at, this.host.config);
    switch (line.kind) {
      case "visitor": {
        const meta = h("p", { class: "meta" }, line.mail ? texts.byMail : "");
        this.lastMine?.meta.replaceChildren();
        this.lastMine = { seq: line.seq, meta };
        return h("div", { class: "me" }, !!line.text && h("div", { class: "bub" }, line.text), ...this.files(line.files), meta);
      }
      case "agent":
      case "bot":
        return this.ours(line.body ?? [], line);
      case "handedOver": {
        const when = this.now?.expected ? whenText(this.now.expected, this.host.config) : undefined;
        const name = this.now?.name ?? this.host.config.name;
        return h("p", { class: "ev" }, texts.handedOver.replace("{0}", name) + (this.now?.online ? "" : when ? " " + texts.answerBefore.replace("{0}", when) : ""));
      }
      case "joined":
        return h("p", { class: "ev" }, `${at} ${texts.joined.replace("{0}", this.now?.name ?? this.host.config.name)}`);
      default:
        return h("p", { class: "ev" }, `${at} ${texts.solvedNote}`);
    }
  }

  private ours(body: Tree[], line?: Line): HTMLElement {
    const bubble = h("div", { class: "bub" }, ...grow(body), ...this.files(line?.files));
    if (line?.name) {
      bubble.prepend(h("span", { class: "sr" }, `${line.name}: `));
    }
    const sources = line?.bot?.sources ?? [];
    if (sources.length) {
      bubble.append(h("div", { class: "src" }, ...sources.map((s, i) => h("a", { href: new URL(s.url, this.host.base).href, target: "_blank", rel: "noopener" },
        h("span", {}, String(i + 1)), icon("file"), s.title))));
    }
    return bubble;
  }

  private files(files: FileLine[] | undefined): HTMLElement[] {
    return (files ?? []).map((f) => {
      const href = `${this.host.base}/files/${f.token}/${encodeURIComponent(f.name)}`;
      const picture = /^image\/(png|jpeg|gif|webp)$/.test(f.type);
      return h("a", { class: "att", href, target: "_blank", rel: "noopener" }, picture ? h("img", { src: href, alt: f.name, loading: "lazy" }) : icon("file"), !picture && f.name);
    });
  }

  /** What can be pressed below the bot's newest words. */
  private offers(line: Line): void {
    const { texts } = this.host.config;
    const bot = line.bot;
    if (!this.now?.bot || !bot) {
      return;
    }
    if (bot.fields.length) {
      this.extras.append(fieldsForm(texts, bot.fields, (answer) => this.say(answer)));
    }
    if (bot.choices.length) {
      this.extras.append(this.choices(bot.choices));
    }
    if (bot.kind !== "HandOver" && bot.kind !== "Invitation") {
      this.extras.append(h("div", { class: "row" },
        bot.kind === "Answer" && h("button", { class: "btn", type: "button", click: () => { this.extras.replaceChildren(); this.command("solved"); } }, icon("check"), texts.solved),
        h("button", { class: "btn", type: "button", click: () => this.askPerson() }, texts.notSolved.replace("{0}", this.now.name ?? this.host.config.name))));
    }
  }

  private choices(choices: string[]): HTMLElement {
    return h("div", { class: "row" }, ...choices.map((c) => h("button", { class: "chip", type: "button", click: () => this.say(c) }, c)));
  }

  private offerAddress(): void {
    const there = this.extras.querySelector("form[data-ask]");
    const s = this.now;
    if (!s || !this.any || !s.person || s.address) {
      there?.remove();
    } else if (!there) {
      const form = addressForm(this.host.config.texts, false, (email) => {
        store.set("email", email);
        this.client.command({ t: "address", id: "address-" + Date.now(), email });
      });
      form.dataset.ask = "1";
      this.extras.append(form);
    }
  }

  private markRead(): void {
    const mine = this.lastMine;
    if (mine && mine.seq <= this.readTo) {
      mine.meta.textContent = this.host.config.texts.readIt ?? "";
    }
  }

  private note(text: string): void {
    this.below.append(h("p", { class: "ev err", role: "alert" }, text));
    this.toEnd();
  }

  private atEnd(): boolean {
    return this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < 60;
  }

  private toEnd(): void {
    this.log.scrollTop = this.log.scrollHeight;
  }
}
