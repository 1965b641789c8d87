/** A button that ticks every box of one name in its form, or none if all are ticked.
 *
 *  <form data-module="check_all"><button type="button" hidden data-check-all="chosen">…</button> */
export default function checkAll(form) {
  const button = form.querySelector("[data-check-all]");
  if (!button) return;
  button.hidden = false;
  button.addEventListener("click", () => {
    const boxes = [...form.querySelectorAll(`input[type="checkbox"][name="${button.dataset.checkAll}"]`)];
    const ticks = boxes.some((box) => !box.checked);
    for (const box of boxes) box.checked = ticks;
    form.dispatchEvent(new Event("input", { bubbles: true }));
  });
}
