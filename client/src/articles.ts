import { csrfToken } from "./csrf";

interface Pick {
  id: string;
  title: string;
  text: string;
  link: string | null;
}

/** Articles in the composer: `#` picks one while writing, the buttons beside the ticket put one in. What was used is told, so that the ranking learns. */
export function startArticles(): void {
  const reveal = (): void => document.querySelectorAll("[data-put][hidden]").forEach((b) => b.removeAttribute("hidden"));
  reveal();
  document.addEventListener("htmx:after:swap", reveal);
  document.addEventListener("click", (event) => {
    const button = (event.target as HTMLElement).closest<HTMLElement>("[data-put]");
    const text = document.querySelector<HTMLTextAreaElement>("[data-composer] textarea[name=markdown]");
    if (button && text) {
      put(text, button.dataset.put ?? "", text.selectionStart, text.selectionEnd);
      used(button.dataset.article ?? "", button.dataset.how ?? "Inserted");
    }
  });

  document.addEventListener("click", (event) => {
    const button = (event.target as HTMLElement).closest<HTMLElement>("[data-take]");
    const form = button?.closest<HTMLFormElement>("[data-composer]");
    const text = form?.querySelector<HTMLTextAreaElement>("textarea[name=markdown]");
    if (button && form && text) {
      // The words go where the cursor is; the server only hears of it, and the bar says from then on where they are from.
      event.preventDefault();
      put(text, button.dataset.take ?? "", text.selectionStart, text.selectionEnd);
      const data = new FormData();
      data.append("placed", "1");
      data.append("choice", button.getAttribute("value") ?? "0");
      const bar = button.closest("#reply-draft");
      bar?.querySelectorAll(".draft, button").forEach((part) => part.setAttribute("hidden", ""));
      void fetch(button.getAttribute("formaction") ?? "", { method: "POST", body: data, headers: { "X-CSRF-Token": csrfToken() } })
        .then(() => bar?.dispatchEvent(new CustomEvent("changed", { bubbles: false })));
    }
  });

  let menu: HTMLElement | null = null;
  let picks: Pick[] = [];
  let from = 0;
  let turn = 0;
  const close = (): void => {
    menu?.remove();
    menu = null;
  };
  const choose = (text: HTMLTextAreaElement, index: number, asText: boolean): void => {
    const pick = picks[index];
    if (pick) {
      const linked = !asText && pick.link !== null;
      put(text, linked ? (pick.link ?? "") : pick.text, from, text.selectionStart);
      used(pick.id, linked ? "Linked" : "Inserted");
    }
    close();
  };
  document.addEventListener("input", (event) => {
    const text = event.target as HTMLTextAreaElement;
    if (!text.matches?.("[data-composer] textarea[name=markdown]")) {
      return;
    }
    const before = text.value.slice(Math.max(0, text.selectionStart - 60), text.selectionStart);
    const found = /(?:^|\s)#([^\s#]{0,40})$/.exec(before);
    // "# " begins a heading and "#10042" a ticket: neither is an article.
    if (!found || /^\d+$/.test(found[1] ?? "")) {
      close();
      return;
    }
    from = text.selectionStart - (found[1]?.length ?? 0) - 1;
    const mine = ++turn;
    void fetch(`/knowledge/pick?q=${encodeURIComponent(found[1] ?? "")}`, { headers: { Accept: "application/json" } }).then(async (answer) => {
      if (!answer.ok || mine !== turn) {
        return;
      }
      picks = (await answer.json()) as Pick[];
      close();
      if (picks.length === 0) {
        return;
      }
      menu = document.createElement("div");
      menu.className = "menu picks";
      menu.setAttribute("role", "listbox");
      picks.forEach((pick, i) => {
        const option = document.createElement("button");
        option.type = "button";
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", String(i === 0));
        option.textContent = pick.title;
        option.addEventListener("mousedown", (down) => {
          down.preventDefault();
          choose(text, i, down.shiftKey);
        });
        menu?.append(option);
      });
      text.parentElement?.append(menu);
    });
  });
  document.addEventListener("keydown", (event) => {
    const text = event.target as HTMLTextAreaElement;
    if (!menu || !text.matches?.("[data-composer] textarea[name=markdown]") || event.isComposing) {
      return;
    }
    const options = [...menu.querySelectorAll("[role=option]")];
    const at = options.findIndex((o) => o.getAttribute("aria-selected") === "true");
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const next = (at + (event.key === "ArrowDown" ? 1 : options.length - 1)) % options.length;
      options.forEach((o, i) => o.setAttribute("aria-selected", String(i === next)));
    } else if ((event.key === "Enter" && !event.metaKey && !event.ctrlKey) || event.key === "Tab") {
      event.preventDefault();
      choose(text, at, event.shiftKey);
    } else if (event.key === "Escape") {
      event.stopPropagation();
      close();
    }
  }, true);
}

function put(text: HTMLTextAreaElement, words: string, start: number, end: number): void {
  text.setRangeText(words, start, end, "end");
  text.focus();
  text.dispatchEvent(new Event("input", { bubbles: true }));
}

function used(article: string, how: string): void {
  const ticket = document.querySelector<HTMLElement>("[data-composer]")?.dataset.composer;
  if (ticket && article) {
    const data = new FormData();
    data.append("ticket", ticket);
    data.append("article", article);
    data.append("how", how);
    void fetch("/knowledge/used", { method: "POST", body: data, headers: { "X-CSRF-Token": csrfToken() } });
  }
}
