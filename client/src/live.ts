import * as signalR from "@microsoft/signalr";
import { sendQueued } from "./composer";
import { flushDrafts } from "./drafts";
import { joinPresence, showPresence } from "./presence";
import { isWorkedIn } from "./unfinished";

/** What the server tells open pages: "this changed". The page fetches what it shows. */
export interface LiveChange {
  ticketId: string;
  number: number;
  kind: string | number;
  messageId: string | null;
  actorId: string | null;
}

/**
 * Parts of a page that follow changes carry `data-live` ("*" for any ticket, or a ticket's number) beside their own hx-get and
 * hx-trigger="changed": they are asked to fetch themselves again, a burst of changes once.
 */
export function startLive(): void {
  if (!document.querySelector("[data-live]")) {
    return;
  }
  const connection = new signalR.HubConnectionBuilder()
    .withUrl("/live")
    .withAutomaticReconnect({ nextRetryDelayInMilliseconds: (c) => Math.min(1000 * 2 ** c.previousRetryCount, 15000) + Math.random() * 500 })
    .configureLogging(signalR.LogLevel.None)
    .build();

  const waiting = new Set<Element>();
  let timer: number | undefined;
  const refresh = (elements: Iterable<Element>) => {
    for (const element of elements) {
      waiting.add(element);
    }
    timer ??= window.setTimeout(() => {
      timer = undefined;
      const due = [...waiting];
      waiting.clear();
      for (const element of due.filter((e) => e.isConnected)) {
        if (isWorkedIn(element)) {
          waiting.add(element); // Somebody is writing in it: when they leave, it is told.
        } else {
          element.dispatchEvent(new CustomEvent("changed", { bubbles: false }));
        }
      }
    }, 60);
  };
  // A part may have become another ticket's while it asked: what is said of the one before does not belong there.
  document.addEventListener("htmx:after:request", (event) => {
    const asked = (event as CustomEvent).detail?.ctx as { sourceElement?: Element; request?: { action?: string } } | undefined;
    const part = asked?.sourceElement;
    if (part?.hasAttribute("data-live") && pathOf(part.getAttribute("hx-get")) !== pathOf(asked?.request?.action)) {
      event.preventDefault();
    } else if (part?.id === "facts" && isWorkedIn(part)) {
      event.preventDefault(); // A menu was opened while it asked.
      waiting.add(part);
    }
  });
  document.addEventListener("focusout", () => waiting.size > 0 && refresh([]));
  document.addEventListener("toggle", () => waiting.size > 0 && refresh([]), true); // A menu was closed.
  const everything = () => refresh(document.querySelectorAll("[data-live]"));

  connection.on("changed", (changes: LiveChange[]) => {
    const numbers = new Set(changes.map((c) => String(c.number)));
    refresh([...document.querySelectorAll("[data-live]")].filter((e) => {
      const follows = e.getAttribute("data-live") ?? "";
      return follows === "*" || numbers.has(follows);
    }));
    document.dispatchEvent(new CustomEvent("desk:changed", { detail: changes }));
  });
  connection.on("chat", (news: unknown) => document.dispatchEvent(new CustomEvent("desk:chat", { detail: news })));
  connection.on("presence", showPresence);
  let lost = false;
  const online = (state: boolean): void => {
    document.documentElement.toggleAttribute("data-offline", !state);
    if (state && lost) {
      flushDrafts();
      sendQueued();
      everything(); // What happened meanwhile was not told.
    }
    lost = !state;
  };
  connection.onreconnecting(() => online(false));
  connection.onreconnected(() => {
    online(true);
    joinPresence((method, ...values) => connection.invoke(method, ...values));
  });
  const start = async (): Promise<void> => {
    try {
      await connection.start();
      online(true);
      joinPresence((method, ...values) => connection.invoke(method, ...values));
    } catch {
      online(false);
      window.setTimeout(() => void start(), 3000);
    }
  };
  connection.onclose(() => void start());
  // The browser often knows first that the network is gone; the socket may even outlive it, and then nobody tells what was missed.
  window.addEventListener("offline", () => online(false));
  window.addEventListener("online", () => connection.state === signalR.HubConnectionState.Connected && online(true));
  void start();
}

const pathOf = (address: string | null | undefined): string => (address ?? "").split("?")[0] ?? "";
