/** Opens the form of a remark beside the sentence it is about: links a[data-remark-form].
 *
 *  Without this module the links lead to a page with the same form. What is typed is kept by the
 *  form's own autosave, so that closing, switching or a broken network loses nothing. */
const BESIDE = ".provision__meta, .actions, .provision__text";

const withFragment = (address) => {
  const url = new URL(address, location.href);
  url.searchParams.set("fragment", "1");
  return url;
};

/** The module loader that the page already runs: another address would make a second one. */
const loader = () => import(document.querySelector('script[src*="/main.mjs"]').src);

async function bound(panel, html) {
  panel.replaceChildren();
  panel.insertAdjacentHTML("afterbegin", html);
  const { bind } = await loader();
  bind(panel);
  const target = panel.querySelector("[role=alert], h2");
  if (target) {
    target.tabIndex = -1;
    target.focus({ preventScroll: false });
  }
}

function addClose(panel, close) {
  const label = panel.querySelector("form[data-close]")?.dataset.close;
  if (!label) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "link-button";
  button.textContent = label;
  button.addEventListener("click", close);
  (panel.querySelector("form .actions:last-of-type") ?? panel).append(button);
}

/** What a page of refusal says, such as that the round has closed meanwhile. */
const reasonOn = (html) =>
  new DOMParser().parseFromString(html, "text/html").querySelector(".page-head__lead")?.textContent;

function complain(form, reason) {
  form.querySelector("[data-remark-failed]")?.remove();
  const box = document.createElement("div");
  box.className = "notice notice--error";
  box.setAttribute("role", "alert");
  box.dataset.remarkFailed = "";
  const words = document.createElement("p");
  words.textContent = reason ?? form.dataset.failed ?? "";
  box.append(words);
  form.append(box);
}

export default function remarkForm(root) {
  let panel;
  let opener;

  const close = () => {
    panel?.remove();
    panel = undefined;
    opener?.focus();
  };

  const show = async (html) => {
    await bound(panel, html);
    addClose(panel, close);
  };

  const open = async (link) => {
    const answer = await fetch(withFragment(link.href));
    const html = await answer.text();
    // Anything but the form (sign-in, an error page) is better read as a page of its own.
    if (!answer.ok || html.includes("<html")) throw new Error("not a fragment");
    if (!panel || !link.hasAttribute("data-remark-switch")) {
      panel?.remove();
      opener = link;
      panel = document.createElement("section");
      panel.className = "feature no-print";
      panel.setAttribute("aria-label", link.textContent.trim());
      (link.closest(BESIDE) ?? link).after(panel);
      panel.addEventListener("keydown", (event) => {
        if (event.key === "Escape") close();
      });
    }
    await show(html);
  };

  root.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-remark-form], a[data-remark-switch]");
    const asked = event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0;
    if (!link || asked) return;
    event.preventDefault();
    open(link).catch(() => {
      location.assign(link.href.replace(/([?&])fragment=1&?/, "$1"));
    });
  });

  root.addEventListener("submit", async (event) => {
    const form = event.target;
    // Choosing parts is a question, not an answer: it opens the page of the form.
    if (!panel?.contains(form) || form.method === "get") return;
    event.preventDefault();
    const button = event.submitter;
    if (button) button.disabled = true;
    let reason;
    try {
      const body = new URLSearchParams(new FormData(form));
      if (button?.name) body.append(button.name, button.value);
      const answer = await fetch(form.action, { method: "POST", body });
      const html = await answer.text();
      if (html.includes("<html")) {
        reason = reasonOn(html);
        throw new Error("not a fragment");
      }
      await show(html);
    } catch {
      if (button) button.disabled = false;
      complain(form, reason);
    }
  });
}
