import { csrfToken } from "./csrf";

/** A file goes to the desk as soon as it is chosen, with its progress; the form carries only its id. */
export function upload(form: HTMLFormElement, file: File, done?: (id: string, path: string) => void): void {
  const place = form.querySelector<HTMLElement>("[data-files]");
  if (!place) {
    return;
  }
  const chip = document.createElement("span");
  chip.className = "chip file-chip";
  const bar = document.createElement("progress");
  bar.max = 1;
  bar.value = 0;
  chip.append(file.name, bar);
  place.append(chip);
  const request = new XMLHttpRequest();
  const drop = document.createElement("button");
  drop.type = "button";
  drop.textContent = "×";
  drop.setAttribute("aria-label", (place.dataset.remove ?? "").replace("{0}", file.name));
  drop.addEventListener("click", () => {
    request.abort();
    chip.remove();
    form.dispatchEvent(new Event("desk:files"));
  });
  const fail = (why: string): void => {
    bar.remove();
    chip.classList.add("bad");
    chip.setAttribute("role", "alert");
    drop.before(` ${why || (place.dataset.lost ?? "")}`);
    form.dispatchEvent(new Event("desk:file-refused"));
  };
  request.upload.addEventListener("progress", (event) => (bar.value = event.lengthComputable ? event.loaded / event.total : 0));
  request.addEventListener("load", () => {
    if (request.status !== 201) {
      fail(reason(request.responseText));
      return;
    }
    bar.remove();
    const kept = JSON.parse(request.responseText) as { id: string; path: string };
    const field = document.createElement("input");
    field.type = "hidden";
    field.name = "attachment";
    field.value = kept.id;
    chip.prepend(field);
    chip.dataset.file = kept.id;
    done?.(kept.id, kept.path);
    form.dispatchEvent(new Event("desk:files"));
  });
  // A server that has heard enough, or a line that broke: there is no answer to read.
  request.addEventListener("error", () => fail(""));
  request.addEventListener("timeout", () => fail(""));
  request.open("POST", "/files");
  request.setRequestHeader("X-CSRF-Token", csrfToken());
  const body = new FormData();
  body.append("file", file);
  request.send(body);
  chip.append(drop);
}

/** Files of a draft, drawn by the server, go by their own buttons. */
export function startUploads(): void {
  document.addEventListener("click", (event) => {
    const drop = (event.target as HTMLElement).closest("[data-file-drop]");
    const form = drop?.closest<HTMLFormElement>("[data-composer]");
    if (drop && form) {
      drop.closest(".chip")?.remove();
      form.dispatchEvent(new Event("desk:files"));
    }
  });
}

/** Whether every file has arrived. */
export function uploading(form: HTMLFormElement): boolean {
  return form.querySelector("[data-files] progress") !== null;
}

function reason(answer: string): string {
  try {
    const problem = JSON.parse(answer) as { title?: string; detail?: string };
    return problem.detail ?? problem.title ?? "";
  } catch {
    return "";
  }
}
