/** Fields that hold something to take along (a link, a secret): a touch selects all of it and copies it where the browser allows. */
export function startCopy(): void {
  document.addEventListener("focusin", (event) => {
    const field = event.target;
    if ((field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) && "copy" in field.dataset) {
      field.select();
      void navigator.clipboard?.writeText(field.value).catch(() => undefined); // Selected is enough where the clipboard is closed.
    }
  });
  document.addEventListener("click", (event) => {
    if ((event.target as HTMLElement).closest("[data-print]")) {
      window.print();
    }
    const link = (event.target as HTMLElement).closest<HTMLAnchorElement>("a[data-copy-link]");
    if (link && navigator.clipboard) {
      event.preventDefault();
      void navigator.clipboard.writeText(link.href).catch(() => location.assign(link.href));
      link.closest("details")?.removeAttribute("open");
    }
  });
}
