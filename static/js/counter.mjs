/** Says how many characters are left under a textarea: <textarea data-module="counter"
 *  data-counter="id of the line" data-counter-left="Zostało {n} znaków" data-counter-over="O {n} znaków za dużo">. */
export default function counter(field) {
  const line = document.getElementById(field.dataset.counter);
  const limit = Number(field.dataset.counterLimit);
  if (!line || !limit) return;
  const tell = () => {
    const left = limit - field.value.length;
    const words = left < 0 ? field.dataset.counterOver : field.dataset.counterLeft;
    line.textContent = words.replace("{n}", Math.abs(left).toLocaleString(document.documentElement.lang));
    line.classList.toggle("counter--over", left < 0);
  };
  field.addEventListener("input", tell);
  tell();
}
