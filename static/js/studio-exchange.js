// One exchange of letters in a text field (see studio-edits.js), which the browser can undo.
export function exchange(field, { from, to, text, start, end }) {
  field.focus({ preventScroll: true });
  if (field.value.slice(from, to) !== text) {
    field.setSelectionRange(from, to);
    // The only way into the browser's own undoing, deprecated as it is; without it the letters are set.
    const done = text ? document.execCommand("insertText", false, text) : document.execCommand("delete");
    if (!done) {
      field.setRangeText(text, from, to, "end");
      field.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "insertText" }));
    }
  }
  field.setSelectionRange(start, end);
}

// Whether the field has room for the exchange: browsers cut off what does not fit, silently.
export const fits = (field, { from, to, text }) =>
  field.maxLength < 0 || field.value.length - (to - from) + text.length <= field.maxLength;

// Scrolls the field, and then the page, so that a place in its text is seen; a twin of the field says how far down it is.
function reveal(field, at) {
  const twin = document.createElement("div");
  const style = getComputedStyle(field);
  for (const name of ["font", "lineHeight", "letterSpacing", "padding", "border", "boxSizing", "direction"]) twin.style[name] = style[name];
  Object.assign(twin.style, { position: "absolute", visibility: "hidden", whiteSpace: "pre-wrap", overflowWrap: "break-word", insetBlockStart: "0", inlineSize: `${field.clientWidth}px` });
  twin.textContent = field.value.slice(0, at);
  const mark = twin.appendChild(document.createElement("span"));
  mark.textContent = "\u200b";
  document.body.append(twin);
  const top = mark.offsetTop;
  twin.remove();
  field.scrollTop = Math.max(0, top - field.clientHeight / 4);
  const seen = field.getBoundingClientRect().top + top - field.scrollTop;
  if (seen < 140 || seen > innerHeight - 120) scrollBy({ top: seen - innerHeight / 3 });
}

// The caret at the beginning of a line, counted from 1, with that line in sight.
export function goTo(field, line) {
  const at = field.value.split("\n").slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
  const end = field.value.indexOf("\n", at);
  field.focus({ preventScroll: true });
  field.setSelectionRange(at, end < 0 ? field.value.length : end);
  reveal(field, at);
}
