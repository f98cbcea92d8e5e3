import { csrfToken } from "./csrf";

/** The desk as an app: its service worker, notices on this device, and the page that stands in for others without a connection. */
export function startInstall(): void {
  showKept();
  const able = "serviceWorker" in navigator && window.isSecureContext;
  if (able && document.querySelector("#side")) {
    void navigator.serviceWorker.register("/sw.js").catch(() => undefined);
  }
  const state = document.querySelector<HTMLElement>("[data-push-state]");
  const button = document.querySelector<HTMLButtonElement>("[data-push-on]");
  if (state && button) {
    void showPush(state, button, able && "PushManager" in window && "Notification" in window);
  }
}

async function showPush(state: HTMLElement, button: HTMLButtonElement, able: boolean): Promise<void> {
  const say = (words: string | undefined) => (state.textContent = words ?? "");
  if (!able) {
    say(state.dataset.unable);
    return;
  }
  const here = await navigator.serviceWorker.getRegistration();
  const known = await here?.pushManager.getSubscription();
  say(Notification.permission === "denied" ? state.dataset.denied : known ? state.dataset.here : "");
  button.hidden = Notification.permission === "denied";
  button.addEventListener("click", async () => {
    button.setAttribute("aria-busy", "true");
    try {
      if ((await Notification.requestPermission()) !== "granted") {
        say(state.dataset.denied);
        return;
      }
      const worker = await navigator.serviceWorker.ready;
      const key = await (await fetch("/notifications/key")).text();
      const subscription = await worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
      await send(subscription);
      location.reload();
    } catch (error) {
      say((state.dataset.failed ?? "").replace("{0}", error instanceof Error ? error.message : String(error)));
    } finally {
      button.removeAttribute("aria-busy");
    }
  });
}

async function send(subscription: PushSubscription): Promise<void> {
  const json = subscription.toJSON();
  const form = new FormData();
  form.set("endpoint", subscription.endpoint);
  form.set("key", json.keys?.p256dh ?? "");
  form.set("secret", json.keys?.auth ?? "");
  const answer = await fetch("/notifications/browsers", { method: "POST", headers: { "X-CSRF-Token": csrfToken() }, body: form });
  if (!answer.ok) {
    throw new Error(((await answer.json()) as { title?: string }).title ?? String(answer.status));
  }
}

/** The page that stands in for others: what was written is here, and the page that was wanted comes as soon as it can. */
function showKept(): void {
  const page = document.querySelector<HTMLElement>("[data-offline-page]");
  if (!page) {
    return;
  }
  page.querySelector<HTMLAnchorElement>("[data-offline-again]")?.setAttribute("href", location.href);
  void comeBack();
  const list = page.querySelector("[data-offline-drafts]");
  for (const key of Object.keys(localStorage).filter((k) => k.startsWith("draft:"))) {
    const text = wordsOf(localStorage.getItem(key));
    if (text.trim()) {
      const line = document.createElement("li");
      const number = document.createElement("b");
      number.textContent = `#${key.slice(6)} `;
      line.append(number, text);
      list?.querySelector("ul")?.append(line);
      list?.removeAttribute("hidden");
    }
  }
}

/**
 * Shows the page that was wanted as soon as the desk answers. The browser's word that it is online is only a reason to ask again:
 * the network may not carry yet when it is given, and a desk that was stopped comes back without it.
 */
async function comeBack(): Promise<void> {
  for (let wait = 1000; ; wait = Math.min(wait * 1.5, 15_000)) {
    await new Promise((resolve) => {
      window.setTimeout(resolve, wait);
      window.addEventListener("online", resolve, { once: true });
    });
    const answer = await fetch("/health", { cache: "no-store" }).catch(() => undefined);
    if (answer?.ok) {
      location.reload();
    }
  }
}

function wordsOf(raw: string | null): string {
  try {
    return (JSON.parse(raw ?? "") as { text?: string }).text ?? "";
  } catch {
    return raw ?? "";
  }
}
