// What was asked of the desk and is not answered yet: a ticket that is to be opened, a change of the open one. It shows at once, and nothing that
// is drawn meanwhile undoes it.

interface Request {
  sourceElement?: Element;
  target?: Element;
  status?: string;
  response?: { status: number };
  request?: { method?: string };
}

interface Swap {
  ctx?: Request;
  tasks?: { fragment: DocumentFragment }[];
}

const TALK = "#talk[data-number]";
let chosen: string | undefined;
let change: Request | undefined;
let done: (() => void)[] = [];

export function startAsked(): void {
  document.addEventListener("click", (event) => {
    const row = (event.target as HTMLElement).closest("a")?.closest<HTMLElement>(".item[data-number]");
    if (row && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      chosen = row.dataset.number;
      row.classList.remove("unread");
      markCurrent();
    }
  });
  document.addEventListener("submit", (event) => press(event.target as HTMLFormElement, event.submitter), true);
  document.addEventListener("htmx:before:request", (event) => {
    const asked = swapOf(event).ctx;
    if (asked?.sourceElement?.matches(`${TALK} form`) && asked.request?.method === "POST") {
      change = asked;
    }
  });
  // A list that follows changes does not know which ticket is open: it is told before it is shown, or a frame and a key would find none.
  document.addEventListener("htmx:before:swap", (event) => {
    const fragments = swapOf(event).tasks?.map((t) => t.fragment) ?? [];
    if (!fragments.some((f) => f.querySelector("#talk"))) {
      fragments.forEach(markCurrent);
    }
  });
  document.addEventListener("htmx:after:swap", () => markCurrent());
  document.addEventListener("htmx:finally:request", (event) => answered(swapOf(event).ctx));
}

/** Calls back once no change of the open ticket is on its way; not at all when there is none now. */
export function afterChange(then: () => void): boolean {
  if (change) {
    done.push(then);
  }
  return !!change;
}

/** The ticket that is open. */
export const openNumber = (): string | undefined => document.querySelector<HTMLElement>(TALK)?.dataset.number;

function markCurrent(root: ParentNode = document): void {
  const current = chosen ?? openNumber();
  root.querySelectorAll<HTMLElement>(".item[data-number]").forEach((row) => {
    const on = row.dataset.number === current;
    row.classList.toggle("on", on);
    const link = row.querySelector("a");
    if (on) {
      link?.setAttribute("aria-current", "true");
    } else {
      link?.removeAttribute("aria-current");
    }
  });
}

/** The button is pressed, and a ticket that leaves its list fades. */
function press(form: HTMLFormElement, button: HTMLElement | null): void {
  const number = form.closest<HTMLElement>(TALK)?.dataset.number;
  if (!number || !form.hasAttribute("hx-post")) {
    return;
  }
  button?.setAttribute("aria-busy", "true");
  if (form.querySelector("[name=status][value=Solved], [name=snooze], [name=spam]")) {
    document.querySelector(`.item[data-number="${number}"]`)?.classList.add("going");
  }
}

function answered(request: Request | undefined): void {
  const row = request?.sourceElement?.closest<HTMLElement>(".item[data-number]");
  if (row && row.dataset.number === chosen) {
    if (request?.status === "issuing" && request.response && request.target?.isConnected === false) {
      // Its place was drawn anew while it was on its way, and what came had nowhere to go.
      window.setTimeout(() => row.dataset.number === chosen && row.isConnected && row.querySelector("a")?.click());
      return;
    }
    chosen = undefined;
    markCurrent();
  }
  if (!change || request === change) {
    change = undefined;
    document.querySelectorAll(".item.going").forEach((i) => i.classList.remove("going"));
    document.querySelectorAll("#talk [aria-busy]").forEach((b) => b.removeAttribute("aria-busy"));
    const waiting = done;
    done = [];
    waiting.forEach((then) => then());
  }
}

const swapOf = (event: Event): Swap => ((event as CustomEvent).detail ?? {}) as Swap;
