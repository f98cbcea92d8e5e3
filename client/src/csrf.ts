/** Every fragment request carries the page's antiforgery token; plain forms carry it as a field. */
export function startCsrf(): void {
  document.addEventListener("htmx:config:request", (event) => {
    const detail = (event as CustomEvent).detail as { ctx?: { request?: { headers?: Record<string, string> } } };
    const headers = detail.ctx?.request?.headers;
    if (headers) {
      headers["X-CSRF-Token"] = csrfToken();
    }
  });
}

/** The token of this page, for requests that a module makes by itself. */
export function csrfToken(): string {
  return document.querySelector<HTMLMetaElement>("meta[name=csrf]")?.content ?? "";
}
