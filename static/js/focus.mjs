/** Brings the summary of errors before the reader as soon as the page opens. */
export default function focus(element) {
  element.focus();
}
