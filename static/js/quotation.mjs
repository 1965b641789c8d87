/** Offers to comment on the words a reader has selected inside one provision.
 *
 *  The link stands right after the provision's text, so that the keyboard reaches it next, and
 *  leads to the same form as „Comment”, with the words as a quotation. */
const WORDS = { pl: "Skomentuj zaznaczone słowa", en: "Comment on the selected words" };
const SHORTEST = 3;
const LONGEST = 600;

/** What was selected, without half a word at either end. */
function wholeWords(text, selected) {
  const all = text?.textContent ?? "";
  let from = all.indexOf(selected);
  if (from < 0) return selected.replace(/\s+/g, " ").trim();
  let to = from + selected.trimEnd().length;
  from += selected.length - selected.trimStart().length;
  while (from > 0 && /[\p{L}\p{N}]/u.test(all[from - 1])) from -= 1;
  while (to < all.length && /[\p{L}\p{N}]/u.test(all[to])) to += 1;
  return all.slice(from, to).replace(/\s+/g, " ").trim();
}

function selectedIn(root) {
  const selection = document.getSelection();
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return null;
  const range = selection.getRangeAt(0);
  const holder = range.commonAncestorContainer;
  const element = holder.nodeType === Node.ELEMENT_NODE ? holder : holder.parentElement;
  const text = element?.closest(".provision__text");
  const words = wholeWords(text, selection.toString());
  if (!text || !root.contains(text) || words.length < SHORTEST || words.length > LONGEST) return null;
  return { text, words };
}

/** The way to comment that the page offers for this provision, if it offers any. */
function formAddress(text) {
  const number = text.closest(".provision")?.id.replace(/^p-/, "");
  const link = [...document.querySelectorAll("a[data-remark-form]")].find(
    (each) => new URL(each.href).searchParams.get("przepis") === number,
  );
  if (!number || !link) return null;
  const url = new URL(link.href);
  url.searchParams.set("rodzaj", "komentarz");
  return url;
}

export default function quotation(root) {
  const offer = document.createElement("a");
  offer.className = "button button--small button--quiet no-print";
  offer.dataset.remarkForm = "";
  offer.textContent = WORDS[document.documentElement.lang] ?? WORDS.en;

  const update = () => {
    if (offer.contains(document.activeElement)) return;
    const found = selectedIn(root);
    const url = found && formAddress(found.text);
    if (!url) {
      offer.remove();
      return;
    }
    url.searchParams.set("cytat", found.words);
    offer.href = url.href;
    found.text.after(offer);
  };

  let timer;
  document.addEventListener("selectionchange", () => {
    clearTimeout(timer);
    timer = setTimeout(update, 250);
  });
}
