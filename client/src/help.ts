/** The help centre's one script: hits while somebody types. Without it the form leads to the page of results. */
const form = document.querySelector<HTMLFormElement>("form[data-suggest]");
const input = form?.querySelector<HTMLInputElement>("input[name=q]");
if (form && input) {
  const list = document.createElement("div");
  list.className = "drop";
  list.id = "hits";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", form.dataset.label ?? "");
  form.append(list);
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-controls", "hits");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("autocomplete", "off");
  let turn = 0;
  let timer = 0;
  const options = (): HTMLAnchorElement[] => [...list.querySelectorAll<HTMLAnchorElement>("a[role=option]")];
  const mark = (index: number): void => {
    const all = options();
    all.forEach((o, i) => o.setAttribute("aria-selected", String(i === index)));
    const id = all[index]?.id;
    if (id) {
      input.setAttribute("aria-activedescendant", id);
    } else {
      input.removeAttribute("aria-activedescendant");
    }
  };
  const show = (open: boolean): void => {
    list.hidden = !open;
    input.setAttribute("aria-expanded", String(open));
    if (!open) {
      input.removeAttribute("aria-activedescendant");
    }
  };
  show(false);
  const search = async (): Promise<void> => {
    const mine = ++turn;
    const question = input.value.trim();
    if (question.length < 2 && !/[\u2e80-\u9fff]/.test(question)) {
      show(false);
      return;
    }
    try {
      const answer = await fetch(`${form.dataset.suggest}?q=${encodeURIComponent(question)}`);
      const html = await answer.text();
      if (mine === turn && answer.ok) {
        list.innerHTML = html;
        show(list.childElementCount > 0);
        mark(-1);
      }
    } catch {
      show(false); // Offline: the form still works when the connection is back.
    }
  };
  input.addEventListener("input", () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => void search(), 120);
  });
  input.addEventListener("keydown", (event) => {
    const all = options();
    const at = all.findIndex((o) => o.getAttribute("aria-selected") === "true");
    if (event.isComposing || list.hidden) {
      return;
    }
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      mark((at + (event.key === "ArrowDown" ? 1 : all.length - 1)) % Math.max(1, all.length));
    } else if (event.key === "Enter" && at >= 0) {
      event.preventDefault();
      all[at]?.click();
    } else if (event.key === "Escape") {
      show(false);
    }
  });
  document.addEventListener("click", (event) => {
    if (!form.contains(event.target as Node)) {
      show(false);
    }
  });
}
export {};
