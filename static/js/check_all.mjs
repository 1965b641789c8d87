/** A button that ticks every box of one name in a part of a form, or none if all are ticked.
 *
 *  <section data-module="check_all"><button type="button" hidden data-check-all="chosen">…</button> */
export default function checkAll(part) {
  const button = part.querySelector("[data-check-all]");
  if (!button) return;
  button.hidden = false;
  button.addEventListener("click", () => {
    const boxes = [...part.querySelectorAll(`input[type="checkbox"][name="${button.dataset.checkAll}"]`)];
    const ticks = boxes.some((box) => !box.checked);
    for (const box of boxes) box.checked = ticks;
    part.dispatchEvent(new Event("input", { bubbles: true }));
  });
}
