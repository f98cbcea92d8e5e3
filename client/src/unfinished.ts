// Small forms beside a ticket or in a list (a follow-up, an analysis, a complaint's closing) outlive that the part around them is fetched again:
// what was typed stays, the form stays open, and the focus stays where it was. The composer looks after itself (drafts.ts).

interface Kept {
  open: boolean;
  values: Map<string, { value: string; index: number; checked: boolean }>;
}

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

const FORMS = "details form[method=post]";
const kept = new Map<string, Kept>();
let focus: { form: string; field: string; from: number | null; to: number | null } | undefined;

export function startUnfinished(): void {
  document.addEventListener("htmx:before:swap", (event) => keep(sourceOf(event)));
  // At once where a part was put in, not when its swap is over: between the two another swap may begin, and it would find the form as it is drawn.
  document.addEventListener("htmx:before:settle", restore);
  document.addEventListener("htmx:after:swap", () => {
    restore();
    focus = undefined;
  });
}

/** Whether somebody is in a form of this part, or in one of the menus above a conversation: it had better be fetched again later. */
export function isWorkedIn(part: Element): boolean {
  const active = document.activeElement;
  return (!!active && part.contains(active) && !!active.closest(FORMS)) || (part.id === "facts" && !!part.querySelector("details[open]"));
}

function keep(source: Element | undefined): void {
  focus = undefined;
  const active = document.activeElement;
  for (const form of document.querySelectorAll<HTMLFormElement>(FORMS)) {
    const key = keyOf(form);
    if (!key) {
      continue;
    }
    if (source && form.contains(source)) {
      kept.delete(key); // It was sent: the answer says what stands now.
      continue;
    }
    const fields = fieldsOf(form);
    const details = form.closest("details");
    // One of a menu's choices was taken: it has done its work, also where another of them can be typed into.
    const chosen = !!source && !!details?.matches(".pop") && details.contains(source);
    const within = !chosen && !!details?.open && details.contains(active);
    if (!within && !fields.some(isChanged)) {
      kept.delete(key);
      continue;
    }
    kept.set(key, {
      open: !chosen && !!details?.open,
      values: new Map(fields.filter(isChanged).map((f) => [nameOf(f), { value: f.value, index: f instanceof HTMLSelectElement ? f.selectedIndex : -1, checked: f instanceof HTMLInputElement && f.checked }])),
    });
    const field = fields.find((f) => f === active);
    if (field) {
      const text = field instanceof HTMLTextAreaElement || (field instanceof HTMLInputElement && /^(text|search|tel|url)$/.test(field.type)) ? field : undefined;
      focus = { form: key, field: nameOf(field), from: text?.selectionStart ?? null, to: text?.selectionEnd ?? null };
    }
  }
}

function restore(): void {
  if (kept.size === 0) {
    return;
  }
  for (const form of document.querySelectorAll<HTMLFormElement>(FORMS)) {
    const key = keyOf(form);
    const state = key ? kept.get(key) : undefined;
    const details = form.closest("details");
    if (!key || !state || !details) {
      continue;
    }
    details.open ||= state.open;
    for (const field of fieldsOf(form)) {
      const was = state.values.get(nameOf(field));
      if (was) {
        put(field, was);
      }
      if (focus?.form === key && focus.field === nameOf(field) && document.activeElement !== field) {
        const { from, to } = focus;
        focus = undefined;
        field.focus({ preventScroll: true });
        if (from !== null && !(field instanceof HTMLSelectElement)) {
          field.setSelectionRange(from, to);
        }
      }
    }
  }
}

function put(field: Field, was: { value: string; index: number; checked: boolean }): void {
  if (field instanceof HTMLSelectElement) {
    // A quick choice of a time has another value each time it is drawn, at the same place.
    field.value = was.value;
    if (field.value !== was.value) {
      field.selectedIndex = was.index;
    }
  } else if (field instanceof HTMLInputElement && (field.type === "radio" || field.type === "checkbox")) {
    field.checked = was.checked;
  } else if (field.value !== was.value) {
    field.value = was.value;
  }
}

function isChanged(field: Field): boolean {
  if (field instanceof HTMLSelectElement) {
    const first = [...field.options].findIndex((o) => o.defaultSelected);
    return field.selectedIndex !== Math.max(0, first);
  }
  return field instanceof HTMLInputElement && (field.type === "radio" || field.type === "checkbox") ? field.checked !== field.defaultChecked : field.value !== field.defaultValue;
}

const fieldsOf = (form: HTMLFormElement): Field[] => [...form.querySelectorAll<Field>("input:not([type=hidden], [type=file], [type=password]), textarea, select")];

/** A radio button's name is its group's: the value tells them apart. */
const nameOf = (field: Field): string => (field instanceof HTMLInputElement && field.type === "radio" ? `${field.name}=${field.value}` : field.name);

/** The same form of the same thing; undefined where nothing can be typed. */
function keyOf(form: HTMLFormElement): string | undefined {
  const first = fieldsOf(form).find((f) => f.id) ?? fieldsOf(form)[0];
  const about = ["ticket", "customer"].map((name) => form.querySelector<HTMLInputElement>(`input[type=hidden][name=${name}]`)?.value ?? "");
  return first ? [form.getAttribute("action"), ...about, first.id || first.name].join("|") : undefined;
}

function sourceOf(event: Event): Element | undefined {
  return ((event as CustomEvent).detail as { ctx?: { sourceElement?: Element } }).ctx?.sourceElement;
}
