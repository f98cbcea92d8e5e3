import { h } from "./dom";
import type { Texts } from "./types";

/** Where the answer can go, and, when nothing was said yet, what it is about. */
export function addressForm(texts: Texts, withText: boolean, done: (email: string, text?: string) => void): HTMLFormElement {
  const email = h("input", { class: "in", type: "email", name: "email", required: true, autocomplete: "email", placeholder: "name@example.com" });
  const text = h("textarea", { class: "in", name: "text", rows: "3", required: true });
  const form = h("form", {
    class: "card",
    submit: (e) => {
      e.preventDefault();
      if (email.value.includes("@")) {
        done(email.value.trim(), withText ? text.value.trim() : undefined);
      }
    },
  }, h("label", {}, texts.email, email), withText && h("label", {}, texts.question, text), h("button", { class: "btn pri", type: "submit" }, withText ? texts.leave : texts.leaveAddress));
  return form;
}

/** What the bot needs to go on; the answers go back as lines of "label: value". */
export function fieldsForm(texts: Texts, fields: { name: string; label: string; kind: string }[], done: (answer: string) => void): HTMLFormElement {
  const inputs = fields.map((f) => ({ label: f.label, input: h("input", { class: "in", name: f.name, type: f.kind === "email" ? "email" : "text", required: true }) }));
  return h("form", {
    class: "card",
    submit: (e) => {
      e.preventDefault();
      done(inputs.map((i) => `${i.label}: ${i.input.value.trim()}`).join("\n"));
    },
  }, ...inputs.map((i) => h("label", {}, i.label, i.input)), h("button", { class: "btn pri", type: "submit" }, texts.send));
}
