/** A button that prints the page; without this module the browser's own menu does.
 *
 *  <p data-module="print_page"><button type="button" hidden data-print>…</button></p> */
export default function printPage(root) {
  const button = root.querySelector("[data-print]");
  if (!button) return;
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
