import { csrfToken } from "./csrf";

interface Saved {
  mark: string;
  keptAs: number | null;
  html: string;
  said: string;
}

/** The article editor: saves while somebody writes, shows how it will look, keeps a copy on the device until the server has it. */
export function startArticle(): void {
  const form = document.querySelector<HTMLFormElement>("form[data-article]");
  const body = form?.querySelector<HTMLTextAreaElement>("textarea[name=body]");
  const title = form?.querySelector<HTMLInputElement>("input[name=title]");
  const seen = form?.querySelector<HTMLInputElement>("input[name=seen]");
  const said = form?.querySelector<HTMLElement>("[data-said]");
  if (!form || !body || !title || !seen || !said) {
    return;
  }
  const key = `article:${form.dataset.article}:${form.dataset.lang}`;
  const look = form.querySelector<HTMLElement>("[data-look]");
  const heading = form.querySelector<HTMLElement>("[data-title]");
  form.querySelector("[data-tools]")?.removeAttribute("hidden");

  const kept = localStorage.getItem(key);
  if (kept) {
    const copy = JSON.parse(kept) as { title: string; body: string };
    if (copy.body !== body.value || copy.title !== title.value) {
      title.value = copy.title;
      body.value = copy.body;
      said.textContent = form.dataset.offline ?? "";
    }
  }

  let timer = 0;
  let running = false;
  let again = false;
  const save = async (): Promise<void> => {
    if (running) {
      again = true;
      return;
    }
    running = true;
    again = false;
    try {
      const data = new FormData(form);
      data.delete("image");
      const written = JSON.stringify({ title: title.value, body: body.value });
      const answer = await fetch(`${form.dataset.article}/autosave`, { method: "POST", body: data, headers: { "X-CSRF-Token": csrfToken() } });
      if (answer.status !== 200 && answer.status !== 422) {
        throw new Error(String(answer.status));
      }
      const saved = (await answer.json()) as Saved;
      said.textContent = saved.said;
      if (look) {
        look.innerHTML = saved.html;
      }
      if (answer.ok && saved.mark) {
        seen.value = saved.mark;
        if (localStorage.getItem(key) === written) {
          localStorage.removeItem(key);
        }
      }
    } catch {
      said.textContent = form.dataset.offline ?? "";
      again = true;
      window.setTimeout(() => void save(), 5000);
    } finally {
      running = false;
      if (again && navigator.onLine) {
        schedule();
      }
    }
  };
  const schedule = (): void => {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => void save(), 700);
  };
  form.addEventListener("input", (event) => {
    if ((event.target as HTMLElement).matches("[type=file]")) {
      return;
    }
    localStorage.setItem(key, JSON.stringify({ title: title.value, body: body.value }));
    if (heading) {
      heading.textContent = title.value;
    }
    said.textContent = form.dataset.saving ?? "";
    schedule();
  });
  form.addEventListener("submit", () => {
    window.clearTimeout(timer);
    localStorage.removeItem(key);
  });
  document.addEventListener("keydown", (event) => {
    if ((event.metaKey || event.ctrlKey) && event.key.toLowerCase() === "s") {
      event.preventDefault();
      form.requestSubmit(form.querySelector<HTMLButtonElement>("[data-publish]"));
    }
  });

  const put = (before: string, after = ""): void => {
    const from = body.selectionStart;
    const text = body.value.slice(from, body.selectionEnd);
    body.setRangeText(before + text + after, from, body.selectionEnd, "end");
    body.focus();
    body.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const zh = form.dataset.lang === "zh";
  const tools: Record<string, () => void> = {
    heading: () => put("\n## "),
    bold: () => put("**", "**"),
    link: () => put("[", "](https://)"),
    steps: () => put("\n1. ", "\n2. \n3. "),
    callout: () => put(zh ? "\n> [!提示] " : "\n> [!tip] "),
    code: () => put("`", "`"),
  };
  form.addEventListener("click", (event) => {
    const tool = (event.target as HTMLElement).closest<HTMLElement>("[data-md]")?.dataset.md;
    if (tool) {
      tools[tool]?.();
    }
  });
  form.querySelector<HTMLInputElement>("input[name=image]")?.addEventListener("change", (event) => {
    const input = event.target as HTMLInputElement;
    const file = input.files?.[0];
    if (!file) {
      return;
    }
    const data = new FormData();
    data.append("image", file);
    void fetch(`${form.dataset.article}/image`, { method: "POST", body: data, headers: { "X-CSRF-Token": csrfToken() } }).then(async (answer) => {
      const kept = (await answer.json()) as { markdown?: string; said?: string };
      if (kept.markdown) {
        put(`\n${kept.markdown}\n`);
        input.value = "";
      } else {
        said.textContent = kept.said ?? "";
      }
    });
  });
}
