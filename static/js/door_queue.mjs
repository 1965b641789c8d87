/** What was done at the door and is not yet known to the server: kept on this device, sent in the
 *  order in which it was done, and let go of only when the server has answered it by its key. */
const MOST = 50;
const PATIENCE = 8000;

export class Queue {
  #name;
  #memory = []; // where a browser forbids storage, the open page remembers

  constructor(key) {
    this.#name = `wspolpis:door:${key}`;
  }

  get acts() {
    try {
      const kept = JSON.parse(localStorage.getItem(this.#name) ?? "[]");
      return Array.isArray(kept) ? [...kept, ...this.#memory] : this.#memory;
    } catch {
      return this.#memory;
    }
  }

  #keep(acts) {
    try {
      localStorage.setItem(this.#name, JSON.stringify(acts));
      this.#memory = [];
    } catch {
      this.#memory = acts;
    }
  }

  add(act) {
    this.#keep([...this.acts, act]);
  }

  /** Only what was answered goes; what another tab has added meanwhile stays. */
  drop(keys) {
    this.#keep(this.acts.filter((act) => !keys.has(act.key)));
  }

  /** Sends what waits; the answers, or the reason for which there are none: "network", "sign-in". */
  async send(url, token) {
    const acts = this.acts.slice(0, MOST);
    if (!acts.length) return { answers: [], acts };
    const reply = await ask(url, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": token },
      body: JSON.stringify({ acts }),
    });
    if (reply.trouble) return reply;
    const { answers } = await reply.json();
    this.drop(new Set(acts.map((act) => act.key))); // every act was answered, if only with a refusal
    return { answers, acts };
  }
}

/** A request that does not hang on a weak network and does not follow to the sign-in page. */
export async function ask(url, options = {}) {
  try {
    const reply = await fetch(url, {
      ...options,
      redirect: "manual",
      cache: "no-store",
      signal: AbortSignal.timeout(PATIENCE),
    });
    if (reply.type === "opaqueredirect" || [400, 401, 403].includes(reply.status)) return { trouble: "sign-in" };
    return reply.ok ? reply : { trouble: "network" };
  } catch {
    return { trouble: "network" };
  }
}

/** A key of its own for each act, also where the page is not served over https. */
export function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return `door-${[...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}
