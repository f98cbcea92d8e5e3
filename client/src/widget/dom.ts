import type { Tree } from "./types";

type Child = Node | string | undefined | false;

const SVG = "http://www.w3.org/2000/svg";

/** An element with its attributes and children. Text is always text: nothing here reads HTML. */
export function h<K extends keyof HTMLElementTagNameMap>(name: K, attributes: Record<string, string | boolean | undefined | ((event: Event) => void)> = {}, ...children: Child[]): HTMLElementTagNameMap[K] {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "function") {
      element.addEventListener(key, value);
    } else if (value === true) {
      element.setAttribute(key, "");
    } else if (typeof value === "string") {
      element.setAttribute(key, value);
    }
  }
  element.append(...children.filter((c): c is Node | string => c !== undefined && c !== false));
  return element;
}

const PATHS: Record<string, string[]> = {
  chat: ["M2.992 16.342a2 2 0 0 1 .094 1.167l-1.065 3.29a1 1 0 0 0 1.236 1.168l3.413-.998a2 2 0 0 1 1.099.092 10 10 0 1 0-4.777-4.719"],
  bot: ["M12 8V4H8", "M6 8h12a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2v-8a2 2 0 0 1 2-2Z", "M2 14h2", "M20 14h2", "M15 13v2", "M9 13v2"],
  close: ["M18 6 6 18", "m6 6 12 12"],
  file: ["M6 22a2 2 0 0 1-2-2V4a2 2 0 0 1 2-2h8a2.4 2.4 0 0 1 1.704.706l3.588 3.588A2.4 2.4 0 0 1 20 8v12a2 2 0 0 1-2 2z", "M14 2v5a1 1 0 0 0 1 1h5"],
  check: ["M20 6 9 17l-5-5"],
  clip: ["m16 6-8.414 8.586a2 2 0 0 0 2.829 2.829l8.414-8.586a4 4 0 1 0-5.657-5.657l-8.379 8.551a6 6 0 1 0 8.485 8.485l8.379-8.551"],
  up: ["m5 12 7-7 7 7", "M12 19V5"],
  person: ["M18 20a6 6 0 0 0-12 0", "M12 14a4 4 0 1 0 0-8 4 4 0 0 0 0 8Z"],
};

/** A Lucide icon, drawn by us: somebody else's page has no sprite of ours. */
export function icon(name: keyof typeof PATHS | string, large = false): SVGElement {
  const svg = document.createElementNS(SVG, "svg");
  for (const [key, value] of Object.entries({ viewBox: "0 0 24 24", "aria-hidden": "true", class: large ? "i l" : "i" })) {
    svg.setAttribute(key, value);
  }
  for (const d of PATHS[name] ?? []) {
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", d);
    svg.append(path);
  }
  return svg;
}

const ALLOWED = new Set(["p", "br", "strong", "em", "del", "code", "pre", "ul", "ol", "li", "blockquote", "h3", "hr", "table", "thead", "tbody", "tr", "th", "td", "span"]);

/** The desk's words as elements: a known few, made one by one. */
export function grow(tree: Tree[]): Node[] {
  return tree.map((part) => {
    if (typeof part === "string") {
      return document.createTextNode(part);
    }
    const [name, children, href] = part;
    if (name === "a" && href && /^(https?|mailto|tel):/i.test(href)) {
      return h("a", { href, target: "_blank", rel: "noopener noreferrer" }, ...grow(children));
    }
    const element = document.createElement(ALLOWED.has(name) ? name : "span");
    element.append(...grow(children));
    return element;
  });
}
