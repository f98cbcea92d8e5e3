// Who else has this ticket open. The socket carries it; nothing is stored.
interface Person {
  id: string;
  name: string;
  typing: boolean;
}

type Say = (method: string, ...values: unknown[]) => Promise<unknown>;

let say: Say | undefined;
let people: Person[] = [];
let told = "";
let quiet: number | undefined;

/** The socket is open (again): tell it what this page shows. */
export function joinPresence(invoke: Say): void {
  say = invoke;
  told = "";
  tell(false);
}

/** Others have come, gone, begun or stopped to type. */
export function showPresence(number: number, present: Person[]): void {
  const talk = document.querySelector<HTMLElement>("#talk[data-number]");
  if (talk?.dataset.number === String(number)) {
    people = present.filter((p) => p.id !== talk.dataset.me);
    draw();
  }
}

export function startPresence(): void {
  document.addEventListener("htmx:after:swap", () => {
    tell(false);
    draw();
  });
  document.addEventListener("input", (event) => {
    if ((event.target as HTMLElement).closest("[data-composer] textarea")) {
      tell(true);
      window.clearTimeout(quiet);
      quiet = window.setTimeout(() => tell(false), 4000);
    }
  });
}

function tell(typing: boolean): void {
  const number = document.querySelector<HTMLElement>("#talk[data-number]")?.dataset.number;
  const now = `${number ?? ""} ${typing}`;
  if (say && now !== told) {
    told = now;
    people = people.filter(() => number !== undefined);
    void say("Look", number ? Number(number) : null, typing).catch(() => (told = ""));
  }
}

function draw(): void {
  const strip = document.querySelector<HTMLElement>("[data-presence]");
  const words = strip?.querySelector("span");
  if (strip && words) {
    const typing = people.filter((p) => p.typing);
    const text = (typing.length > 0 ? strip.dataset.typing : strip.dataset.looking) ?? "";
    words.textContent = text.replace("{0}", (typing.length > 0 ? typing : people).map((p) => p.name).join("、"));
    strip.hidden = people.length === 0;
    strip.classList.toggle("warn", typing.length > 0);
  }
}
