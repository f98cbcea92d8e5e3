import { h, icon } from "./dom";
import type { Host } from "./types";

const PAUSE = 350;

/** Articles that may answer what is being typed, above the box that it is typed in. */
export class Hints {
  readonly element = h("nav", { class: "hints", hidden: true });
  private timer = 0;
  private asked = "";

  constructor(private readonly host: Host) {
    this.element.setAttribute("aria-label", host.config.texts.hints ?? "");
  }

  typed(text: string): void {
    window.clearTimeout(this.timer);
    this.asked = text.trim();
    // Two Chinese characters are a word, two letters are not.
    if (this.asked.length < (/[^\x00-\u024f]/.test(this.asked) ? 2 : 4)) {
      this.show([]);
      return;
    }
    this.timer = window.setTimeout(() => void this.ask(this.asked), PAUSE);
  }

  private async ask(text: string): Promise<void> {
    const { base, config } = this.host;
    try {
      const answer = await fetch(`${base}/chat/suggest?${new URLSearchParams({ q: text.slice(-500), lang: config.language })}`, { credentials: "omit" });
      if (answer.ok && text === this.asked) {
        this.show((await answer.json()) as { title: string; url: string }[]);
      }
    } catch {
      // Only a help: without a network the message itself waits and is sent later.
    }
  }

  private show(found: { title: string; url: string }[]): void {
    this.element.hidden = found.length === 0;
    this.element.replaceChildren(
      ...(found.length ? [h("b", {}, this.host.config.texts.hints)] : []),
      ...found.map((f) => h("a", { href: new URL(f.url, this.host.base).href, target: "_blank", rel: "noopener" }, icon("file"), f.title)),
    );
  }
}
