/** Fields that hold something to take along (a link, a secret): a touch selects all of it and copies it where the browser allows. */
export function startCopy(): void {
  document.addEventListener("focusin", (event) => {
    const field = event.target;
    if (field instanceof HTMLInputElement && "copy" in field.dataset) {
      field.select();
      void navigator.clipboard?.writeText(field.value).catch(() => undefined); // Selected is enough where the clipboard is closed.
    }
  });
}
