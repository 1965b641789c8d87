/** Keeps the table of contents open on wide screens and shows in it where the reader is. */
export default function outline(details) {
  const wide = matchMedia("(min-width: 60rem)");
  const fit = () => (details.open = wide.matches);
  wide.addEventListener("change", fit);
  fit();

  details.addEventListener("click", (event) => {
    if (event.target.closest("a") && !wide.matches) details.open = false;
  });

  const links = new Map();
  for (const link of details.querySelectorAll('a[href*="#"]')) {
    const place = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (place) links.set(place, link);
  }
  let current;
  const observer = new IntersectionObserver(
    (entries) => {
      for (const entry of entries) {
        if (!entry.isIntersecting || !links.has(entry.target)) continue;
        current?.removeAttribute("aria-current");
        current = links.get(entry.target);
        current.setAttribute("aria-current", "true");
        if (wide.matches) keepInView(details, current);
      }
    },
    { rootMargin: "-15% 0px -75% 0px" },
  );
  for (const place of links.keys()) observer.observe(place);
}

function keepInView(box, link) {
  const top = link.offsetTop - box.offsetTop;
  if (top < box.scrollTop || top > box.scrollTop + box.clientHeight - 60) {
    box.scrollTop = top - box.clientHeight / 3;
  }
}
