/** ⌘K: jump to a place, a ticket or a customer. Results come from the server as rows. */
export function startPalette(): void {
  const dialog = document.querySelector<HTMLDialogElement>("#palette");
  const input = dialog?.querySelector<HTMLInputElement>("input");
  const results = dialog?.querySelector<HTMLElement>("[data-results]");
  if (!dialog || !input || !results) {
    return;
  }
  let latest = 0;
  const search = async (): Promise<void> => {
    const turn = ++latest;
    const answer = await fetch(`/palette?q=${encodeURIComponent(input.value)}`, { headers: { Accept: "text/html" } });
    const html = await answer.text();
    if (turn === latest && answer.ok) {
      results.innerHTML = html;
      mark(0);
    }
  };
  const options = (): HTMLAnchorElement[] => [...results.querySelectorAll<HTMLAnchorElement>("a.opt")];
  const mark = (index: number): void => {
    const all = options();
    all.forEach((o, i) => o.setAttribute("aria-selected", String(i === index)));
    all[index]?.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", all[index]?.id ?? "");
  };
  // Delegated: the navigation is swapped when its numbers change.
  document.addEventListener("click", (event) => {
    if ((event.target as HTMLElement).closest("[data-palette]")) {
      dialog.showModal();
      input.select();
      void search();
    }
  });
  input.addEventListener("input", () => void search());
  dialog.addEventListener("keydown", (event) => {
    const all = options();
    const at = all.findIndex((o) => o.getAttribute("aria-selected") === "true");
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      mark((at + (event.key === "ArrowDown" ? 1 : all.length - 1)) % Math.max(1, all.length));
    } else if (event.key === "Enter") {
      event.preventDefault();
      all[Math.max(0, at)]?.click();
    }
  });
  document.querySelectorAll<HTMLDialogElement>("dialog").forEach((d) => d.addEventListener("click", (event) => {
    if (event.target === d) {
      d.close();
    }
  }));
}
