/** Keeps on the server what is being written in a slot, and tells who else is writing there; on
 *  this device when there is no network. */
const PAUSE = 800;
const HEARTBEAT = 30_000;

function keepHere(key, form) {
  try {
    localStorage.setItem(`wspolpis:${key}`, JSON.stringify([form.elements.text.value, form.elements.reason.value]));
  } catch {
    // A full or forbidden storage only means that nothing is kept here.
  }
}

function forgetHere(key) {
  try {
    localStorage.removeItem(`wspolpis:${key}`);
  } catch {
    // Nothing was kept, so there is nothing to forget.
  }
}

function found(key) {
  try {
    return JSON.parse(localStorage.getItem(`wspolpis:${key}`));
  } catch {
    return null;
  }
}

/** Offers what the device kept when the network was down. */
function offer(section, form, key) {
  const kept = found(key);
  if (!kept || kept[0] === form.elements.text.value) {
    forgetHere(key);
    return;
  }
  const notice = document.createElement("div");
  notice.className = "notice";
  notice.setAttribute("role", "status");
  const words = document.createElement("p");
  words.textContent = section.dataset.typingFound;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "link-button";
  button.textContent = section.dataset.typingRestore;
  button.addEventListener("click", () => {
    [form.elements.text.value, form.elements.reason.value] = kept;
    form.elements.text.dispatchEvent(new Event("input", { bubbles: true }));
    notice.remove();
  });
  notice.append(words, button);
  form.before(notice);
}

/** Shows the fields of the kind of change that is chosen, and hides those of the others. */
function fit(form) {
  const kind = form.querySelector("[name=amendment_kind]:checked")?.value;
  for (const box of form.querySelectorAll("[data-only-for]")) {
    box.hidden = box.dataset.onlyFor !== kind;
  }
  const words = form.querySelector("[data-live-proposed]");
  if (words) words.hidden = kind === "strike" || kind === "move";
}

export default function benchTyping(section) {
  const form = section.querySelector("[data-bench-write]");
  if (!form) return;
  form.addEventListener("change", () => setTimeout(() => fit(form))); // after the live difference
  fit(form);
  const { typing: address, typingKey: key, typingOffline: offline, typingRefused: refused } = section.dataset;
  const status = section.querySelector("[data-typing-status]");
  let timer;
  let heartbeat;

  const send = async (body) => {
    body.set("csrf_token", form.elements.csrf_token.value);
    try {
      const answer = await fetch(address, { method: "POST", body });
      if (!answer.ok) {
        if (body.has("text")) {
          keepHere(key, form);
          status.textContent = refused;
        }
        return;
      }
      const { others, saved } = await answer.json();
      const here = document.querySelector("[data-typing-others]");
      if (here && here.textContent !== others.join(". ")) here.textContent = others.join(". ");
      if (body.has("text")) {
        status.textContent = saved;
        forgetHere(key);
      }
    } catch {
      if (!body.has("text")) return;
      keepHere(key, form);
      status.textContent = offline;
    }
  };
  const speakUp = () => {
    clearInterval(heartbeat);
    heartbeat = setInterval(() => {
      if (!section.isConnected) clearInterval(heartbeat);
      else if (!document.hidden) send(new FormData());
    }, HEARTBEAT);
  };

  offer(section, form, key);
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => send(new FormData(form)), PAUSE);
  });
  form.addEventListener(
    "focusin",
    () => {
      send(new FormData());
      speakUp();
    },
    { once: true },
  );
  form.addEventListener("submit", () => clearTimeout(timer));
}
