/** A button that copies the words of a part of the page, as plain text.
 *
 *  <div data-module="copy_text" data-copied="Skopiowano"><button hidden data-copy-text>…</button>
 *  <p role="status" data-copy-status></p><div data-copy-from>…</div></div> */
export default function copyText(root) {
  const button = root.querySelector("[data-copy-text]");
  const from = root.querySelector("[data-copy-from]");
  const status = root.querySelector("[data-copy-status]");
  if (!navigator.clipboard || !button || !from) return;
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(from.innerText.trim());
    } catch {
      return;
    }
    if (status) status.textContent = root.dataset.copied ?? "";
  });
}
