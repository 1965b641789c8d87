/** Keyboard shortcuts of a page: every element with data-key can be reached by that key, and `?`
 *  lists them by their data-key-label. Nothing happens while somebody is typing. */
const TYPING = "input, textarea, select, [contenteditable]";

function reach(element) {
  if (element.disabled) return;
  if (element.matches(TYPING)) {
    element.scrollIntoView({ block: "center" });
    element.focus();
  } else {
    element.click();
  }
}

function listing(root, words) {
  const dialog = document.createElement("dialog");
  dialog.className = "shortcuts";
  const title = document.createElement("h2");
  title.textContent = words.shortcutsTitle;
  title.id = "shortcuts-title";
  dialog.setAttribute("aria-labelledby", title.id);
  const list = document.createElement("dl");
  const known = new Map();
  for (const element of root.querySelectorAll("[data-key]")) {
    if (!known.has(element.dataset.key)) known.set(element.dataset.key, element.dataset.keyLabel);
  }
  known.set("?", words.shortcutsHelp);
  for (const [key, label] of known) {
    const term = document.createElement("dt");
    const mark = document.createElement("kbd");
    mark.textContent = key;
    term.append(mark);
    const meaning = document.createElement("dd");
    meaning.textContent = label;
    list.append(term, meaning);
  }
  const close = document.createElement("button");
  close.type = "button";
  close.className = "button button--small";
  close.textContent = words.shortcutsClose;
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => dialog.remove());
  dialog.append(title, list, close);
  document.body.append(dialog);
  dialog.showModal();
}

export default function shortcuts(root) {
  addEventListener("keydown", (event) => {
    if (!root.isConnected || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest?.(TYPING) || document.querySelector("dialog[open]")) return;
    if (event.key === "?") {
      event.preventDefault();
      listing(root, root.dataset);
      return;
    }
    const wanted = [...root.querySelectorAll("[data-key]")].find(
      (element) => element.dataset.key === event.key,
    );
    if (wanted) {
      event.preventDefault();
      reach(wanted);
    }
  });
}
