import htmx from "htmx.org";

/** Ticking rows of a list: x on the current one, shift for a range; what is ticked survives the list's own updates. */
const picked = new Set<string>();
let last: HTMLInputElement | undefined;

export function startBulk(): void {
  document.addEventListener("click", (event) => {
    const box = event.target as HTMLElement;
    if (box instanceof HTMLInputElement && box.matches("[data-pick]")) {
      if (event.shiftKey && last?.isConnected) {
        range(last, box).forEach((each) => (each.checked = box.checked));
      }
      last = box;
    }
  });
  document.addEventListener("change", (event) => {
    if ((event.target as HTMLElement).matches("[data-pick], [data-whole]")) {
      keep();
    }
  });
  document.addEventListener("htmx:before:swap", () => (inStrip = !!document.activeElement?.closest("#bulk-strip")));
  document.addEventListener("htmx:after:swap", () => {
    if (inStrip && document.activeElement === document.body) {
      // The button that had the focus has done its work: what came of it is read next.
      document.querySelector<HTMLElement>("#bulk-strip")?.focus({ preventScroll: true });
    }
    // A list of another view begins with nothing ticked.
    const view = document.querySelector<HTMLInputElement>("[data-whole]")?.value ?? "";
    if (view !== shown) {
      picked.clear();
      shown = view;
    }
    boxes().forEach((box) => (box.checked = picked.has(box.value)));
    count();
    follow();
  });
  shown = document.querySelector<HTMLInputElement>("[data-whole]")?.value ?? "";
  keep();
  // Not earlier: the list hears of it only once htmx has seen the page.
  addEventListener("load", follow);
}

let inStrip = false;
let shown = "";
let seen = "";

/**
 * A change that ends before this page listens was not told to it, and its end may fall between the rows and the strip of one answer:
 * whenever a strip comes to rest, or is new and at rest, the list is read again.
 */
function follow(): void {
  const before = seen;
  seen = document.querySelector<HTMLElement>("#bulk-strip")?.dataset.run ?? "";
  const list = document.querySelector<HTMLElement>("[data-list]");
  if (seen !== before && seen.endsWith("rest") && list) {
    picked.clear();
    htmx.trigger(list, "refresh");
  }
}

/** x: ticks the row that is open or under the cursor. */
export function pickCurrent(): boolean {
  const box = document.querySelector<HTMLInputElement>("[data-number].cursor [data-pick]") ?? document.querySelector<HTMLInputElement>("[data-number].on [data-pick]") ?? boxes()[0];
  if (!box) {
    return false;
  }
  box.checked = !box.checked;
  last = box;
  keep();
  return true;
}

/** ⇧J and ⇧K: the next row is ticked as well, without opening it. */
export function extend(step: number): boolean {
  const all = boxes();
  const from = last?.isConnected ? all.indexOf(last) : Math.max(0, all.findIndex((b) => b.closest("[data-number].on, [data-number].cursor")));
  const next = all[Math.min(all.length - 1, Math.max(0, from + step))];
  if (!next) {
    return false;
  }
  if (all[from]) {
    all[from].checked = true;
  }
  next.checked = true;
  last = next;
  document.querySelectorAll("[data-number].cursor").forEach((i) => i.classList.remove("cursor"));
  next.closest("[data-number]")?.classList.add("cursor");
  next.scrollIntoView({ block: "nearest" });
  keep();
  return true;
}

function range(from: HTMLInputElement, to: HTMLInputElement): HTMLInputElement[] {
  const all = boxes();
  const [a, b] = [all.indexOf(from), all.indexOf(to)].sort((x, y) => x - y);
  return a === undefined || b === undefined || a < 0 ? [] : all.slice(a, b + 1);
}

function keep(): void {
  boxes().forEach((box) => (box.checked ? picked.add(box.value) : picked.delete(box.value)));
  count();
}

function count(): void {
  const place = document.querySelector<HTMLElement>("[data-picked]");
  if (place) {
    // Those on the page are not counted where all of the view are meant.
    const n = document.querySelector("[data-whole]:checked") ? 0 : boxes().filter((b) => b.checked).length;
    place.textContent = n === 0 ? "" : n === 1 ? (place.dataset.one ?? "") : (place.dataset.many ?? "").replace("7", String(n));
  }
}

const boxes = (): HTMLInputElement[] => [...document.querySelectorAll<HTMLInputElement>("[data-pick]")];
