/** Small forms of the workbench (switch, take in, undo) act without leaving the page: the answer
 *  is the next page, and its middle and outline are put in place of the present ones. */
/** The module that binds the others, under the address (and so the instance) the page has it. */
const loader = () => import(document.querySelector('script[src*="/main.mjs"]').src);

const PARTS = ["[data-bench-main]", ".bench__outline"];

/** What somebody is writing outlives an answer to another form. */
function unsent(root) {
  const form = root.querySelector("[data-bench-write]");
  if (!form || form.elements.text.value === form.elements.text.defaultValue) return null;
  return { action: form.action, values: [...form.elements].map((e) => [e.value, e.checked]) };
}

function giveBack(root, kept) {
  const form = root.querySelector("[data-bench-write]");
  if (!kept || !form || form.action !== kept.action) return;
  if (form.elements.length !== kept.values.length) return;
  [...form.elements].forEach((element, place) => {
    if (element.name === "csrf_token") return;
    const [value, checked] = kept.values[place];
    if ("checked" in element && ["radio", "checkbox"].includes(element.type)) {
      element.checked = checked;
    } else {
      element.value = value;
    }
  });
  form.elements.text.dispatchEvent(new Event("input", { bubbles: true }));
}

function put(root, answer, address, keptText) {
  const page = new DOMParser().parseFromString(answer, "text/html");
  const fresh = page.querySelector(".bench");
  if (!fresh) return false;
  for (const part of PARTS) {
    const from = fresh.querySelector(part);
    const to = root.querySelector(part);
    if (from && to) to.replaceWith(document.adoptNode(from));
  }
  document.title = page.title;
  history.replaceState(null, "", address);
  giveBack(root, keptText);
  loader().then(({ bind }) => bind(root));
  const said = page.querySelector(".notice p, .notice__title");
  const status = root.querySelector("[data-bench-said]") ?? root.prepend(line()) ?? root.firstChild;
  status.textContent = said ? said.textContent.trim() : "";
  const place = new URL(address, location.href).hash;
  const target = place && root.querySelector(place);
  if (target) {
    target.tabIndex = -1;
    target.focus({ preventScroll: true });
    target.scrollIntoView({ block: "nearest" });
  }
  return true;
}

function line() {
  const status = document.createElement("p");
  status.className = "visually-hidden";
  status.setAttribute("role", "status");
  status.dataset.benchSaid = "";
  return status;
}

export default function bench(root) {
  root.addEventListener("submit", async (event) => {
    const form = event.target;
    if (form.method !== "post" || form.matches("[data-bench-write]") || event.defaultPrevented) {
      return;
    }
    event.preventDefault();
    if (root.dataset.busy) return;
    root.dataset.busy = "1";
    const kept = unsent(root);
    try {
      const answer = await fetch(form.action, { method: "POST", body: new FormData(form) });
      if (!put(root, await answer.text(), answer.url, kept)) form.submit();
    } catch {
      form.submit();
    } finally {
      delete root.dataset.busy;
    }
  });
}
