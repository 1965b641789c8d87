/** Keeps what is typed in a form on this device until it is sent.
 *
 *  <form data-module="autosave" data-autosave="remark:12:new"
 *        data-autosave-restored="Przywróciliśmy…" data-autosave-discard="Zacznij od nowa">
 *  The page that confirms success clears it: <div data-module="autosave" data-autosave-clear="remark:12:new">. */
const PREFIX = "wspolpis:";
const KEPT_FOR = 14 * 24 * 3600 * 1000;
const SKIPPED = new Set(["hidden", "password", "file", "submit", "button"]);

function fields(form) {
  return [...form.elements].filter((field) => field.name && !SKIPPED.has(field.type));
}

function read(form) {
  const values = {};
  for (const field of fields(form)) {
    if (field.type === "checkbox" || field.type === "radio") {
      if (field.checked) (values[field.name] ??= []).push(field.value);
    } else {
      values[field.name] = field.value;
    }
  }
  return values;
}

function write(form, values) {
  for (const field of fields(form)) {
    if (field.type === "checkbox" || field.type === "radio") {
      field.checked = (values[field.name] ?? []).includes(field.value);
    } else if (field.name in values) {
      field.value = values[field.name];
    }
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

function recall(key) {
  try {
    const kept = JSON.parse(localStorage.getItem(key));
    return kept && Date.now() - kept.at < KEPT_FOR ? kept.values : null;
  } catch {
    return null;
  }
}

function keep(key, values) {
  try {
    localStorage.setItem(key, JSON.stringify({ at: Date.now(), values }));
  } catch {
    // A full or forbidden storage only means that nothing is kept.
  }
}

function forget(key) {
  try {
    localStorage.removeItem(key);
  } catch {
    // Nothing was kept, so there is nothing to forget.
  }
}

function announce(form, onDiscard) {
  const notice = document.createElement("div");
  notice.className = "notice";
  notice.setAttribute("role", "status");
  const text = document.createElement("p");
  text.textContent = form.dataset.autosaveRestored;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "link-button";
  button.textContent = form.dataset.autosaveDiscard;
  button.addEventListener("click", () => {
    onDiscard();
    notice.remove();
  });
  notice.append(text, button);
  form.prepend(notice);
}

export default function autosave(element) {
  if (element.dataset.autosaveClear) {
    forget(PREFIX + element.dataset.autosaveClear);
    return;
  }
  const key = PREFIX + element.dataset.autosave;
  const original = read(element);
  const kept = recall(key);
  // A form sent back with errors already holds what was typed: the server's copy is the newer one.
  const returned = element.querySelector('[aria-invalid="true"]');
  if (kept && !returned && JSON.stringify(kept) !== JSON.stringify(original)) {
    write(element, kept);
    announce(element, () => {
      write(element, original);
      forget(key);
    });
  }
  let timer;
  const save = () => keep(key, read(element));
  element.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(save, 300);
  });
  element.addEventListener("submit", save);
  addEventListener("pagehide", () => {
    if (timer) save();
  });
}
