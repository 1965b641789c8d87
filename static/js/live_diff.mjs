/** Shows the words that change while somebody is typing; the server compares them.
 *
 *  <form data-module="live_diff" data-live-diff="address of the comparison"> with an input
 *  [data-live-current], a box [data-live-proposed] around the textarea, and a section
 *  [data-live-section] with [data-live-result]. Radios named amendment_kind are optional. A form of
 *  several texts has a box of its own, with all four, inside the form for each of them. A second
 *  comparison of a text stands in a box without it, that names the textarea in data-live-text. */
const PAUSE = 500;

function wire(root) {
  const form = root.closest("form");
  const find = (name) => root.querySelector(`[data-live-${name}]`);
  return {
    form,
    address: root.dataset.liveDiff,
    current: find("current"),
    box: find("proposed"),
    text: root.dataset.liveText
      ? document.getElementById(root.dataset.liveText)
      : find("proposed")?.querySelector("textarea"),
    section: find("section"),
    result: find("result"),
    kind: () => form.querySelector('[name="amendment_kind"]:checked')?.value ?? "reword",
  };
}

async function compare(parts, signal) {
  const body = new URLSearchParams({
    csrf_token: parts.form.elements.csrf_token?.value ?? "",
    current: parts.current.value,
    proposed: parts.text.value,
    amendment_kind: parts.kind(),
  });
  const answer = await fetch(parts.address, { method: "POST", body, signal });
  if (!answer.ok) return;
  parts.result.innerHTML = await answer.text();
  parts.section.hidden = false;
}

/** A new provision begins empty, a new wording with the present one; typed words are never lost. */
function prepare(parts, previous) {
  const kind = parts.kind();
  parts.box.hidden = kind === "strike";
  const untouched = parts.text.value.trim() === parts.current.value.trim();
  if (kind === "insert" && untouched) parts.text.value = "";
  if (kind === "reword" && previous === "insert" && !parts.text.value.trim()) {
    parts.text.value = parts.current.value;
  }
  parts.text.dispatchEvent(new Event("input", { bubbles: true }));
  return kind;
}

export default function liveDiff(root) {
  const parts = wire(root);
  if (!parts.text || !parts.current || !parts.result) return;
  let timer;
  let running;
  let kind = parts.kind();
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      running?.abort();
      running = new AbortController();
      compare(parts, running.signal).catch(() => {
        // No network: the text stays, and the preview shows the same comparison later.
      });
    }, PAUSE);
  };
  parts.text.addEventListener("input", soon);
  parts.form.addEventListener("change", (event) => {
    if (event.target.name === "amendment_kind") {
      kind = prepare(parts, kind);
      soon();
    }
  });
  if (parts.kind() !== "reword") kind = prepare(parts, kind);
  if (parts.text.value.trim() !== parts.current.value.trim()) soon();
}
