/** Closes an open <details> menu on Escape and on a press elsewhere. */
export default function menu(details) {
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !details.open) return;
    details.open = false;
    details.querySelector("summary").focus();
  });
  addEventListener("click", (event) => {
    if (!details.contains(event.target)) details.open = false;
  });
}
