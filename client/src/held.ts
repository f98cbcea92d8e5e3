// Answers that have not left: the seconds run down where they stand.
export function startHeld(): void {
  window.setInterval(() => {
    document.querySelectorAll<HTMLElement>("[data-until]").forEach((place) => {
      const left = Math.max(0, Date.parse(place.dataset.until ?? "") - Date.now());
      const whole = Math.max(1, Date.parse(place.dataset.until ?? "") - Date.parse(place.dataset.from ?? ""));
      place.textContent = (place.dataset.text ?? "").replace("7", String(Math.ceil(left / 1000)));
      place.closest(".toast, .msg")?.querySelectorAll<HTMLElement>(".ring").forEach((ring) => ring.style.setProperty("--p", String(left / whole)));
      if (left === 0) {
        place.closest<HTMLElement>(".toast")?.setAttribute("hidden", "");
      }
    });
  }, 250);
}
