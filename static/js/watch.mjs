/** Follows the next edition while it is written: asks for the newest state, puts only the changed
 *  provisions in place, keeps the line that is being read where it is on the screen, and says in
 *  words what has changed. Can be stopped; asks less often while the network is down.
 *
 *  <div data-module="watch" data-watch="address of the fragment" data-watch-changed="… {places}"
 *       data-watch-lost data-watch-back data-watch-pause data-watch-resume> with
 *  [data-watch-said] and [data-watch-body], in it [data-watch-summary] and [data-watch-piece]s. */
const EVERY = 5000;
const LONGEST = 60000;
const NAMED = 4;

const pieces = (root) => [...root.querySelectorAll("[data-watch-piece]")];

/** The first provision on the screen, and how far from its top: reading goes on from there. */
function heldPlace(body) {
  const piece = pieces(body).find((each) => each.getBoundingClientRect().bottom > 0);
  return piece && { id: piece.id, top: piece.getBoundingClientRect().top };
}

function giveBack(body, held) {
  const piece = held && body.querySelector(`#${CSS.escape(held.id)}`);
  if (piece) scrollBy({ top: piece.getBoundingClientRect().top - held.top, behavior: "instant" });
}

/** Puts the fresh pieces in place of those that differ; gives the marks of what changed. */
function put(body, fresh) {
  const known = new Map(pieces(body).map((piece) => [piece.id, piece]));
  const focused = document.activeElement?.closest("[data-watch-piece]")?.id;
  const changed = [];
  let before = body.querySelector("[data-watch-summary]");
  const summary = fresh.querySelector("[data-watch-summary]");
  if (before.textContent.trim() !== summary.textContent.trim()) {
    before.replaceChildren(...summary.childNodes);
  }
  for (const piece of pieces(fresh)) {
    const old = known.get(piece.id);
    known.delete(piece.id);
    const same = old?.dataset.watchPiece === piece.dataset.watchPiece;
    const here = same ? old : document.adoptNode(piece);
    if (!same) {
      changed.push(here.dataset.watchMark);
      old?.remove();
    }
    if (before.nextElementSibling !== here) before.after(here);
    before = here;
  }
  for (const gone of known.values()) {
    changed.push(gone.dataset.watchMark);
    gone.remove();
  }
  const target = focused && body.querySelector(`#${CSS.escape(focused)}`);
  if (target && !target.contains(document.activeElement)) {
    target.tabIndex = -1;
    target.focus({ preventScroll: true });
  }
  return changed;
}

export default function watch(root) {
  const body = root.querySelector("[data-watch-body]");
  const said = root.querySelector("[data-watch-said]");
  const words = root.dataset;
  let pause = EVERY;
  let timer;
  let stopped = false;
  let lost = false;

  const say = (text) => {
    said.textContent = text;
  };

  const show = (html) => {
    const fresh = new DOMParser().parseFromString(html, "text/html");
    if (fresh.querySelector("[data-watch-over]")) {
      stopped = true;
      button.remove();
      said.replaceChildren(...fresh.body.childNodes);
      return;
    }
    if (!fresh.querySelector("[data-watch-summary]")) throw new Error("not the working draft");
    const held = heldPlace(body);
    const changed = put(body, fresh);
    giveBack(body, held);
    if (changed.length) {
      const more = changed.length > NAMED ? " …" : "";
      say(words.watchChanged.replace("{places}", changed.slice(0, NAMED).join(", ") + more));
    } else if (lost) {
      say(words.watchBack);
    }
  };

  const ask = async () => {
    clearTimeout(timer);
    if (stopped || document.hidden) return;
    try {
      const answer = await fetch(words.watch, { cache: "no-cache" });
      if (!answer.ok) throw new Error(answer.status);
      show(await answer.text());
      lost = false;
      pause = EVERY;
    } catch {
      lost = true;
      pause = Math.min(pause * 2, LONGEST);
      say(words.watchLost);
    }
    if (!stopped) timer = setTimeout(ask, pause);
  };

  const button = document.createElement("button");
  button.type = "button";
  button.className = "button button--small button--quiet";
  button.textContent = words.watchPause;
  button.addEventListener("click", () => {
    stopped = !stopped;
    button.textContent = stopped ? words.watchResume : words.watchPause;
    if (!stopped) ask();
  });
  said.before(button);
  document.addEventListener("visibilitychange", ask);
  timer = setTimeout(ask, pause);
}
