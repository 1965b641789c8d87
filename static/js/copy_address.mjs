/** Pressing the mark of a provision (or any a[data-copy]) goes to its address and copies it.
 *
 *  <article data-module="copy_address" data-copied="Adres skopiowany"> … <a data-copy href="#p-12">§ 4.</a> */
const MARK = ".provision__mark a, a.provision__mark, a[data-copy]";

export default function copyAddress(root) {
  if (!navigator.clipboard) return;
  const status = document.createElement("p");
  status.className = "toast";
  status.setAttribute("role", "status");
  document.body.append(status);
  let timer;
  root.addEventListener("click", async (event) => {
    const link = event.target.closest(MARK);
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    try {
      await navigator.clipboard.writeText(link.href);
    } catch {
      return;
    }
    status.textContent = root.dataset.copied ?? "";
    clearTimeout(timer);
    timer = setTimeout(() => (status.textContent = ""), 4000);
  });
}
