// The service worker: shows an offline page when a page cannot be reached, and shows notices that come while no page is open.

interface Lasting extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface Fetching extends Lasting {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}
interface Pushed extends Lasting {
  readonly data: { json(): unknown } | null;
}
interface Clicked extends Lasting {
  readonly notification: Notification;
}
interface Page {
  readonly url: string;
  focus(): Promise<Page>;
  navigate(url: string): Promise<Page | null>;
}
interface Worker {
  readonly registration: ServiceWorkerRegistration;
  readonly clients: { claim(): Promise<void>; matchAll(options: { type: "window"; includeUncontrolled: boolean }): Promise<Page[]>; openWindow(url: string): Promise<Page | null> };
  skipWaiting(): Promise<void>;
  addEventListener(name: string, listener: (event: never) => void): void;
}
interface Told {
  title: string;
  body: string;
  url: string;
  tag: string;
}

const worker = self as unknown as Worker;
const STORE = "offline-1";
const OFFLINE = "/offline";

worker.addEventListener("install", (event: Lasting) => event.waitUntil(keep().then(() => worker.skipWaiting())));

worker.addEventListener("activate", (event: Lasting) =>
  event.waitUntil(
    (async () => {
      for (const name of await caches.keys()) {
        if (name !== STORE) {
          await caches.delete(name);
        }
      }
      await worker.clients.claim();
    })(),
  ),
);

worker.addEventListener("fetch", (event: Fetching) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== location.origin) {
    return;
  }
  if (event.request.mode === "navigate") {
    event.respondWith(fetch(event.request).catch(async () => (await caches.match(OFFLINE)) ?? Response.error()));
  } else if (url.pathname.startsWith("/_content/")) {
    event.respondWith(fetch(event.request).catch(async () => (await caches.match(event.request)) ?? Response.error()));
  }
});

worker.addEventListener("push", (event: Pushed) => {
  const told = event.data?.json() as Told | undefined;
  if (told) {
    const look: NotificationOptions = { body: told.body, tag: told.tag, icon: "/_content/Solodesk/icon-192.png", data: told.url };
    event.waitUntil(worker.registration.showNotification(told.title, look));
  }
});

worker.addEventListener("notificationclick", (event: Clicked) => {
  event.notification.close();
  event.waitUntil(show(String(event.notification.data ?? "/")));
});

/** The offline page and what it is drawn with. Nothing of anybody's is kept. */
async function keep(): Promise<void> {
  const store = await caches.open(STORE);
  const page = await fetch(OFFLINE, { cache: "no-store" });
  if (!page.ok) {
    return;
  }
  const text = await page.clone().text();
  await store.put(OFFLINE, page);
  const files = [...text.matchAll(/(?:href|src)="\/?(_content\/[^"#?]+)/g)].map((m) => `/${m[1]}`);
  await Promise.allSettled([...new Set(files)].map((file) => store.add(file)));
}

/** In a page that is open, else in a new one. */
async function show(path: string): Promise<void> {
  const url = new URL(path, location.origin).href;
  const pages = await worker.clients.matchAll({ type: "window", includeUncontrolled: false });
  const page = pages.find((p) => p.url === url) ?? pages[0];
  if (!page) {
    await worker.clients.openWindow(url);
    return;
  }
  await page.focus();
  if (page.url !== url) {
    await page.navigate(url);
  }
}
