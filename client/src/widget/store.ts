import type { Pending } from "./types";

const PREFIX = "solodesk:";
const memory = new Map<string, string>();

/** What outlives the page, in the site's own storage; where a browser forbids that, as long as the page. */
function read(key: string): string | null {
  try {
    return localStorage.getItem(PREFIX + key) ?? memory.get(key) ?? null;
  } catch {
    return memory.get(key) ?? null;
  }
}

function write(key: string, value: string | null): void {
  if (value === null) {
    memory.delete(key);
  } else {
    memory.set(key, value);
  }
  try {
    if (value === null) {
      localStorage.removeItem(PREFIX + key);
    } else {
      localStorage.setItem(PREFIX + key, value);
    }
  } catch {
    // Full or forbidden: the memory has it.
  }
}

export const store = {
  get: read,
  set: write,
  /** What was written and is not known to have arrived, oldest first; all tabs of the site share it. */
  outbox(): Pending[] {
    try {
      const kept: unknown = JSON.parse(read("outbox") ?? "[]");
      return Array.isArray(kept) ? (kept as Pending[]) : [];
    } catch {
      return [];
    }
  },
  put(pending: Pending): void {
    write("outbox", JSON.stringify([...store.outbox(), pending]));
  },
  done(id: string): void {
    const rest = store.outbox().filter((p) => p.id !== id);
    write("outbox", rest.length ? JSON.stringify(rest) : null);
  },
};
