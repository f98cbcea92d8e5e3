import { context, newId, pack, type Events, type Frame } from "./frames";
import { store } from "./store";
import type { Host, Line, Pending, SiteUser, State, Tree } from "./types";

const ANSWER_WITHIN = 8000;
const BEAT = 45000;
const LONGEST_PAUSE = 15000;

/**
 * The connection: keeps what was written until the desk says that it has it, sends one at a time, asks after the last line whenever it
 * comes back. WebSocket, or plain posts where none gets through.
 */
export class ChatClient {
  private socket: WebSocket | undefined;
  private ready = false;
  private stopped = false;
  private talk = store.get("talk") ?? "";
  private last = 0;
  private failures = 0;
  private opened = false;
  private exchanging = false;
  private waiting: AbortController | undefined;
  private queue: Frame[] = [];
  private readonly commands = new Map<string, Frame>();
  private readonly sentCommands = new Set<string>();
  private inFlight: string | undefined;
  private pausedUntil = 0;
  private timers = new Map<string, number>();

  constructor(private readonly host: Host, private readonly events: Events) {
    addEventListener("online", () => this.again(true));
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "visible") {
        this.again(false);
        this.beat();
      }
    });
  }

  get token(): string {
    return store.get("token") ?? "";
  }

  start(): void {
    this.stopped = false;
    this.connect();
  }

  identify(user: SiteUser | undefined): void {
    this.host.user = user;
    this.socket?.close();
    this.ready = false;
    this.last = 0;
    this.events.restart();
    this.connect();
  }

  say(text: string, files?: string[], rule?: number): Pending {
    const pending: Pending = { id: newId(), text, files, rule };
    store.put(pending);
    this.flush();
    return pending;
  }

  /** What must arrive but may arrive twice: sent again with each connection until it is answered, and after what was written before it. */
  command(frame: Frame & { id: string }): void {
    this.commands.set(frame.id, frame);
    this.flush();
  }

  /** What passes: not kept, not repeated. */
  send(frame: Frame): void {
    if (this.exchanging) {
      this.queue.push(frame);
      void this.exchange(0);
    } else if (this.ready) {
      this.socket?.send(pack(frame));
    }
  }

  private hello(): Frame {
    return {
      t: "hello",
      token: this.token || undefined,
      talk: this.talk || undefined,
      after: this.last,
      lang: this.host.config.language,
      email: store.get("email") ?? undefined,
      name: store.get("name") ?? undefined,
      user: this.host.user,
      context: context(this.host),
    };
  }

  private connect(): void {
    if (this.stopped || this.socket || this.exchanging) {
      return;
    }
    let socket: WebSocket;
    try {
      socket = new WebSocket(this.host.base.replace(/^http/, "ws") + "/chat/socket");
    } catch {
      this.fallBack();
      return;
    }
    this.socket = socket;
    this.after("open", ANSWER_WITHIN, () => socket.close());
    socket.onopen = () => socket.send(pack(this.hello()));
    socket.onmessage = (event: MessageEvent<string>) => {
      if (socket === this.socket) {
        this.opened = true;
        this.hear(JSON.parse(event.data) as Frame);
      }
    };
    socket.onclose = () => {
      if (socket === this.socket) {
        this.lost();
      }
    };
  }

  private lost(): void {
    this.socket = undefined;
    this.ready = false;
    this.inFlight = undefined;
    this.sentCommands.clear();
    this.events.connected(false);
    ["open", "answer", "pong"].forEach((t) => this.cancel(t));
    this.failures++;
    if (!this.opened && this.failures >= 2) {
      this.fallBack();
      return;
    }
    const pause = Math.min(250 * 2 ** Math.min(this.failures, 10), LONGEST_PAUSE);
    this.after("again", pause * (0.6 + Math.random() * 0.4), () => this.connect());
  }

  private again(now: boolean): void {
    if (!this.socket && (now || this.timers.has("again"))) {
      this.cancel("again");
      this.connect();
    } else if (now) {
      this.beat();
    }
  }

  /** A network that was cut without a word is found out by asking. */
  private beat(): void {
    this.after("beat", BEAT, () => this.beat());
    if (this.ready && this.socket) {
      this.send({ t: "p" });
      const socket = this.socket;
      this.after("pong", ANSWER_WITHIN, () => this.drop(socket));
    }
  }

  private drop(socket: WebSocket): void {
    if (socket === this.socket) {
      socket.onclose = null;
      socket.close();
      this.lost();
    }
  }

  private hear(frame: Frame): void {
    this.cancel("pong");
    switch (frame.t) {
      case "welcome":
        this.welcome(frame);
        break;
      case "line":
        this.line(frame as unknown as Line);
        break;
      case "ok":
        this.taken(frame.id as string, frame.talk as string, frame.seq as number);
        break;
      case "no":
        this.refused(frame);
        break;
      case "state":
        this.events.state(frame as unknown as State);
        break;
      case "presence":
        this.events.presence(frame.online as boolean);
        break;
      case "greet":
        this.events.greet(frame.body as Tree[], frame.name as string, frame.choices as string[]);
        break;
      case "typing":
        this.events.typing(frame.name as string);
        break;
      case "read":
        this.events.read(frame.seq as number);
        break;
    }
  }

  private welcome(frame: Frame): void {
    this.cancel("open");
    store.set("token", frame.token as string);
    this.follow((frame.talk as string | undefined) ?? "");
    this.ready = true;
    this.failures = 0;
    this.events.connected(true);
    this.events.state(frame.state as State);
    if (frame.read) {
      this.events.read(frame.read as number);
    }
    if (!this.exchanging) {
      this.beat();
    }
    this.flush();
  }

  private follow(talk: string): void {
    if (talk !== this.talk) {
      if (this.talk) {
        store.set("seen", null);
        this.events.restart();
      }
      this.talk = talk;
      this.last = 0;
      store.set("talk", talk || null);
    }
  }

  private line(line: Line): void {
    this.follow(line.talk);
    if (line.seq <= this.last) {
      return; // Shown already.
    }
    if (line.seq !== this.last + 1) {
      if (this.socket) {
        this.drop(this.socket); // Something is missing between: ask for it.
      }
      return;
    }
    this.last = line.seq;
    this.events.line(line);
  }

  private flush(): void {
    if (this.inFlight || (!this.ready && !this.exchanging)) {
      return;
    }
    const wait = this.pausedUntil - Date.now();
    if (wait > 0) {
      this.after("flush", wait, () => this.flush());
      return;
    }
    const next = store.outbox()[0];
    if (!next) {
      for (const [id, frame] of this.commands) {
        if (!this.sentCommands.has(id)) {
          this.sentCommands.add(id);
          this.send(frame);
        }
      }
      return;
    }
    this.inFlight = next.id;
    this.send({ t: "say", ...next, email: store.get("email") ?? undefined, name: store.get("name") ?? undefined, context: context(this.host) });
    const socket = this.socket;
    this.after("answer", ANSWER_WITHIN, () => {
      this.inFlight = undefined;
      if (socket) {
        this.drop(socket);
      } else {
        this.flush();
      }
    });
  }

  private taken(id: string, talk: string, seq: number): void {
    if (id === this.inFlight) {
      this.cancel("answer");
      this.inFlight = undefined;
    }
    store.done(id);
    this.commands.delete(id);
    if (seq > 0) {
      this.follow(talk);
    }
    this.events.answered(id);
    this.flush();
  }

  private refused(frame: Frame): void {
    const id = frame.id as string | undefined;
    const wait = frame.wait as number | undefined;
    if (id) {
      this.commands.delete(id);
    }
    if (id && id === this.inFlight) {
      this.cancel("answer");
      this.inFlight = undefined;
      if (wait === undefined) {
        store.done(id);
      } else {
        this.pausedUntil = Date.now() + wait;
      }
    }
    this.events.refused(id, frame.text as string, wait !== undefined);
    this.flush();
  }

  /** No socket gets through (an old proxy): the same frames by posts, one of which always waits. A socket is tried again every minute. */
  private fallBack(): void {
    this.exchanging = true;
    void this.poll();
    this.after("socket", 60000, () => {
      this.exchanging = false;
      this.waiting?.abort();
      this.failures = 1;
      this.connect();
    });
  }

  private async poll(): Promise<void> {
    let pause = 500;
    while (this.exchanging && !this.stopped) {
      const ok = await this.exchange(this.ready ? 20 : 0);
      if (!this.exchanging) {
        return;
      }
      if (ok) {
        pause = 500;
      } else {
        this.ready = false;
        this.events.connected(false);
        await new Promise((done) => setTimeout(done, pause));
        pause = Math.min(pause * 2, LONGEST_PAUSE);
      }
    }
  }

  private async exchange(wait: number): Promise<boolean> {
    const abort = new AbortController();
    if (wait) {
      this.waiting = abort;
    }
    const frames = wait ? [] : this.queue.splice(0);
    try {
      const answer = await fetch(`${this.host.base}/chat/exchange`, {
        method: "POST",
        credentials: "omit",
        headers: { "Content-Type": "text/plain" },
        body: pack({ hello: this.hello(), frames, wait }),
        signal: abort.signal,
      });
      if (!answer.ok) {
        return false;
      }
      for (const frame of (await answer.json()) as Frame[]) {
        this.hear(frame);
      }
      return true;
    } catch {
      return false;
    }
  }

  private after(name: string, time: number, act: () => void): void {
    this.cancel(name);
    this.timers.set(name, window.setTimeout(() => {
      this.timers.delete(name);
      act();
    }, time));
  }

  private cancel(name: string): void {
    window.clearTimeout(this.timers.get(name));
    this.timers.delete(name);
  }
}
