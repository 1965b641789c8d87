/** The door of an event: the forms of the page become acts that are shown at once, kept on this
 *  device and sent as soon as there is a network. The contract with the page heads door/show.html. */
import { offerCamera } from "./door_camera.mjs";
import { keepList, keepPage, keptList } from "./door_offline.mjs";
import { ask, newKey, Queue } from "./door_queue.mjs";

const EVERY = 15000;
const RETRY = 4000;

const plain = (text) =>
  text.toLowerCase().replaceAll("ł", "l").normalize("NFD").replace(/\p{M}/gu, "");

/** The ticket code in what was read: the last part of an address. */
export const codeIn = (text) =>
  text.trim().replace(/\/$/, "").split(/[/=]/).at(-1).replaceAll(" ", "").toUpperCase();

class Door {
  constructor(root) {
    this.root = root;
    this.say = root.dataset;
    this.queue = new Queue(root.dataset.doorKey);
    this.search = root.querySelector("[type=search]");
    this.trouble = "";
    this.sending = false;
    this.#listArrived();
    root.addEventListener("submit", (event) => this.#submitted(event));
    this.search.addEventListener("input", () => this.#filter());
    addEventListener("online", () => this.sync());
    addEventListener("beforeunload", (event) => {
      if (this.queue.acts.length) event.preventDefault();
    });
    document.addEventListener("visibilitychange", () => document.hidden || this.sync());
    this.#begin();
  }

  /** A page opened without a network shows the newest list that this device has seen. */
  async #begin() {
    const kept = await keptList(this.say.doorListUrl);
    if (kept) this.#replace(kept, { unlessOlder: true });
    await this.sync();
    if (this.trouble) return;
    const can = await keepPage(this.say.doorWorkerUrl, this.say.doorUrl);
    if (can) this.part("offline").textContent = this.say.sayOpensOffline;
  }

  part(name) {
    return this.root.querySelector(`[data-door-${name}]`);
  }

  rows() {
    return [...this.root.querySelectorAll("[data-person]")];
  }

  row(id) {
    return this.root.querySelector(`[data-person="${Number(id)}"]`);
  }

  /** The town's moment, however wrong this device's clock is. */
  now() {
    return new Date(Date.now() + this.ahead);
  }

  #listArrived() {
    this.list = this.part("list");
    this.ahead = new Date(this.list.dataset.now).getTime() - Date.now();
    this.counted = {};
    for (const place of this.list.querySelectorAll("[data-door-count]")) {
      this.counted[place.dataset.doorCount] = Number(place.textContent);
    }
    for (const row of this.rows()) row.dataset.known = row.dataset.present;
    for (const act of this.queue.acts) this.#show(act);
    this.#count();
    this.#filter();
  }

  #submitted(event) {
    const form = event.target;
    const deed = form.dataset.doorAct;
    if (!deed) {
      event.preventDefault(); // the list is filtered while typing
      this.enter();
      return;
    }
    event.preventDefault();
    const given = new FormData(form);
    const act = {
      key: newKey(),
      deed,
      at: this.now().toISOString(),
      way: deed === "walk_in" ? "walk_in" : "name",
      reason: (given.get("reason") ?? "").trim(),
      offline: this.trouble !== "",
    };
    if (deed === "walk_in") {
      act.name = given.get("name").trim();
      if (!act.name) return void form.elements.name.focus();
      if (this.free() === 0 && !act.reason) {
        this.tell(this.say.sayFull);
        return void form.elements.reason.focus();
      }
      form.reset();
    } else {
      act.participant = Number(form.closest("[data-person]").dataset.person);
      act.name = form.closest("[data-person]").dataset.name;
    }
    this.act(act);
  }

  /** Enter in the search: a code lets its owner in; a name that fits one row goes to its button. */
  enter() {
    const shown = this.rows().filter((row) => !row.hidden);
    if (this.#byCode(this.search.value, "code")) {
      this.search.value = "";
      this.#filter();
    } else if (shown.length === 1) {
      shown[0].querySelector("form:not([hidden]) button")?.focus();
    }
  }

  /** Lets the owner of a ticket in; whether the code is on the list. */
  #byCode(text, way) {
    const code = codeIn(text);
    const row = code && this.rows().find((each) => each.dataset.code === code);
    if (!row) return false;
    const reason = row.querySelector("[name=reason]");
    if (row.dataset.present !== "yes" && reason && !reason.value) {
      this.tell(this.say.sayFull);
      this.search.value = row.dataset.name;
      this.#filter();
      reason.focus();
      return true;
    }
    this.act({
      key: newKey(), deed: "let_in", way, participant: Number(row.dataset.person), name: row.dataset.name,
      at: this.now().toISOString(), reason: reason?.value ?? "", offline: this.trouble !== "",
    });
    return true;
  }

  async scanned(text) {
    if (this.#byCode(text, "camera")) return;
    await this.sync(); // perhaps signed up a minute ago
    if (!this.#byCode(text, "camera")) this.tell(this.say.sayUnknown);
  }

  act(act) {
    const row = act.participant ? this.row(act.participant) : null;
    if (act.deed === "let_in" && row?.dataset.present === "yes") {
      const since = row.querySelector("[data-door-state]").textContent.trim();
      this.tell(this.say.sayAlready.replace("{name}", act.name).replace("{time}", since.match(/\d+:\d+/)?.[0] ?? ""));
      return;
    }
    this.queue.add(act);
    const had = row?.contains(document.activeElement);
    this.#show(act);
    this.#count();
    if (had) row.querySelector("form:not([hidden]) button")?.focus();
    this.tell((act.deed === "take_back" ? this.say.sayOut : this.say.sayIn).replace("{name}", act.name));
    this.sync();
  }

  /** Shows on the page what an act changes. */
  #show(act) {
    const row = act.deed === "walk_in" ? null : this.row(act.participant);
    if (!row) return;
    const present = act.deed === "let_in";
    row.dataset.present = present ? "yes" : "no";
    row.querySelector("[data-door-act=let_in]").hidden = present;
    row.querySelector("[data-door-act=take_back]").hidden = !present;
    const time = new Date(act.at).toLocaleTimeString("pl-PL", { hour: "numeric", minute: "2-digit", timeZone: "Europe/Warsaw" });
    const state = present ? this.say.sayCame.replace("{time}", time) : "";
    row.querySelector("[data-door-state]").replaceChildren(...tags(state, this.say.sayUnsent));
  }

  free() {
    const free = this.list.dataset.free;
    return free === "" ? null : Math.max(0, Number(free) - this.#walkIns());
  }

  #walkIns() {
    return this.queue.acts.filter((act) => act.deed === "walk_in").length;
  }

  /** Counters that are true: the server's, with what it does not know yet. */
  #count() {
    const more = this.#walkIns();
    const turned = this.rows().filter((row) => row.dataset.present !== row.dataset.known);
    const step = turned.reduce((sum, row) => sum + (row.dataset.present === "yes" ? 1 : -1), 0);
    const shown = { come: this.counted.come + step + more, walked_in: this.counted.walked_in + more, free: this.free() };
    for (const place of this.list.querySelectorAll("[data-door-count]")) {
      place.textContent = shown[place.dataset.doorCount];
    }
    this.#tellOfNetwork();
  }

  #tellOfNetwork() {
    const net = this.part("net");
    const waiting = this.queue.acts.length;
    const said = this.#howItStands(waiting).replace("{n}", waiting);
    net.hidden = false;
    net.classList.toggle("is-waiting", this.trouble !== "");
    const onTheWay = waiting && !this.trouble; // a moment, not worth a word
    if (net.textContent !== said && !onTheWay) net.textContent = said;
  }

  #howItStands(waiting) {
    if (this.trouble === "sign-in") return this.say.saySignIn;
    if (!waiting) return this.trouble ? this.say.sayOffline : this.say.saySaved;
    const form = new Intl.PluralRules(document.documentElement.lang).select(waiting);
    return this.say[{ one: "sayWaitingOne", few: "sayWaitingFew" }[form] ?? "sayWaitingMany"];
  }

  #filter() {
    const code = codeIn(this.search.value);
    const words = plain(this.search.value).split(/\s+/).filter(Boolean);
    for (const row of this.rows()) {
      const text = plain(row.dataset.words);
      row.hidden = row.dataset.code !== code && !words.every((word) => text.includes(word));
    }
    const rows = this.rows();
    this.part("none").hidden = !rows.length || rows.some((row) => !row.hidden);
  }

  /** Sends what waits, then fetches what other devices have done. */
  async sync() {
    if (this.sending) return;
    this.sending = true;
    clearTimeout(this.timer);
    try {
      await this.#exchange();
    } finally {
      this.sending = false;
      this.timer = setTimeout(() => this.sync(), this.trouble ? RETRY : EVERY);
    }
    this.#count();
  }

  async #exchange() {
    let sent;
    do {
      sent = await this.queue.send(this.say.doorSendUrl, this.list.dataset.token);
      if (sent.trouble) break;
      for (const answer of sent.answers) this.#answered(answer, sent.acts);
    } while (sent.answers.length && this.queue.acts.length);
    const reply = await ask(this.say.doorListUrl);
    this.trouble = reply.trouble ?? "";
    if (!reply.trouble) {
      const html = await reply.text();
      this.#replace(html);
      keepList(this.say.doorListUrl, html);
    }
    // The token may have been too old: the fresh list has brought another.
    if (!reply.trouble && sent.trouble && this.queue.acts.length) setTimeout(() => this.sync(), RETRY);
  }

  #answered(answer, acts) {
    const name = acts.find((act) => act.key === answer.key)?.name ?? "";
    if (answer.outcome === "already") this.tell(this.say.sayAgain.replace("{name}", name));
    if (answer.outcome === "overtaken") this.tell(this.say.sayOvertaken.replace("{name}", name));
    if (answer.outcome !== "refused") return;
    const notice = document.createElement("div");
    notice.className = "notice notice--error";
    notice.setAttribute("role", "alert");
    const words = document.createElement("p");
    words.textContent = `${name}: ${answer.words}`;
    notice.append(words);
    this.part("refused").append(notice);
  }

  /** Puts the fresh list in place, keeping the focus and what is being typed in it. */
  #replace(html, { unlessOlder = false } = {}) {
    const focused = document.activeElement;
    if (this.list.contains(focused) && focused.matches("input")) return;
    const held = focused.closest?.("[data-person]")?.dataset.person;
    const fresh = new DOMParser().parseFromString(html, "text/html").querySelector("[data-door-list]");
    if (!fresh || (unlessOlder && new Date(fresh.dataset.now) <= new Date(this.list.dataset.now))) return;
    this.list.replaceWith(fresh);
    this.#listArrived();
    if (held) this.row(held)?.querySelector("form:not([hidden]) button")?.focus({ preventScroll: true });
  }

  tell(words) {
    const line = document.createElement("p");
    line.className = "notice";
    line.textContent = words;
    this.part("said").replaceChildren(line);
  }
}

function tags(...texts) {
  return texts.filter(Boolean).flatMap((text, n) => {
    const tag = document.createElement("span");
    tag.className = n ? "tag tag--due" : "tag tag--accepted";
    tag.textContent = text;
    return [tag, " "];
  });
}

export default function door(root) {
  offerCamera(new Door(root));
}
