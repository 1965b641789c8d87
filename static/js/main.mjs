/** Binds small modules to the elements that ask for them: data-module="autosave counter".
 *  Pages work without any of them, so a module that fails is reported and left aside. */
const bound = new WeakMap();

async function load(element, name) {
  const done = bound.get(element) ?? new Set();
  if (done.has(name) || !/^[a-z_]+$/.test(name)) return;
  bound.set(element, done.add(name));
  try {
    const module = await import(`./${name}.mjs`);
    module.default(element);
  } catch (error) {
    console.error(`Module ${name} could not be bound.`, error);
  }
}

/** Binds everything inside a freshly added part of the page; safe to call twice. */
export function bind(root = document) {
  const own = root instanceof Element && root.matches("[data-module]") ? [root] : [];
  for (const element of [...own, ...root.querySelectorAll("[data-module]")]) {
    for (const name of element.dataset.module.split(/\s+/).filter(Boolean)) load(element, name);
  }
}

bind();

/** Whoever has signed out leaves no list of names behind on this device. */
if (!document.querySelector("form[action$='/wyloguj']")) globalThis.caches?.delete("wspolpis-door");
