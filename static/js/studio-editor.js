// The tools above a lesson's text: one stop for the Tab key, arrows between them, one exchange in the field for each.
import { opened } from "./studio-dialogs.js";
import { marksAt, toggleBlock, toggleLines, toggleMark } from "./studio-edits.js";
import { exchange, fits, goTo } from "./studio-exchange.js";
import { followPasting } from "./studio-pasting.js";
import { nextPoint } from "./studio-rows.js";

const LINES = new Set(["heading", "subheading", "list", "numbered"]);
const MARKS = { bold: "**", italic: "*" };

class Editor {
  constructor(bar) {
    this.bar = bar;
    this.field = document.getElementById(bar.dataset.editor);
    this.language = this.field.lang;
    this.says = document.getElementById(`${this.language}-says`);
    this.tools = [...bar.querySelectorAll("button")];
    this.field.before(bar);
    bar.hidden = false;
    bar.addEventListener("keydown", (event) => this.walk(event));
    bar.addEventListener("mousedown", (event) => event.preventDefault()); // the caret and a screen's keyboard stay
    bar.addEventListener("click", (event) => this.press(event.target.closest("button")));
    this.field.addEventListener("keydown", (event) => this.shortcut(event));
    this.field.addEventListener("beforeinput", (event) => this.enter(event));
    for (const type of ["select", "keyup", "pointerup", "input", "focus"]) this.field.addEventListener(type, () => this.show());
    followPasting(this);
  }

  get place() {
    return [this.field.value, this.field.selectionStart, this.field.selectionEnd];
  }

  // Says a sentence of the page, by its name; nothing where none is given.
  say(name = "") {
    this.says.textContent = name && this.says.dataset[name];
  }

  do(edit) {
    if (!edit) return false;
    if (!fits(this.field, edit)) {
      this.say("full");
      return false;
    }
    this.say();
    exchange(this.field, edit);
    this.show();
    return true;
  }

  press(tool) {
    if (!tool) return;
    this.stop(tool);
    if (tool.dataset.opens) opened(tool.dataset.opens, tool, this);
    else this.run(tool.dataset.does);
  }

  run(name) {
    if (MARKS[name]) this.do(toggleMark(...this.place, MARKS[name]));
    else if (LINES.has(name)) this.do(toggleLines(...this.place, name));
    else this.do(toggleBlock(...this.place, name));
  }

  shortcut(event) {
    const letter = { KeyB: "bold", KeyI: "italic" }[event.code]; // by its place: an Arabic keyboard writes other letters
    if (!letter || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    event.preventDefault();
    this.run(letter);
  }

  enter(event) {
    if (!/^insert(?:LineBreak|Paragraph)$/.test(event.inputType) || event.isComposing) return;
    const edit = nextPoint(...this.place);
    if (edit && this.do(edit)) event.preventDefault();
  }

  // The one tool that the Tab key stops at is the last one that was used.
  stop(tool) {
    for (const one of this.tools) one.tabIndex = one === tool ? 0 : -1;
  }

  walk(event) {
    const at = this.tools.indexOf(document.activeElement);
    const forward = getComputedStyle(this.bar).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
    const steps = { ArrowLeft: forward === "ArrowLeft" ? 1 : -1, ArrowRight: forward === "ArrowRight" ? 1 : -1 };
    const { length } = this.tools;
    const next = { Home: 0, End: length - 1 }[event.key] ?? (steps[event.key] && (at + steps[event.key] + length) % length);
    if (event.key === "Escape") this.field.focus();
    if (next === undefined || at < 0) return;
    event.preventDefault();
    this.stop(this.tools[next]);
    this.tools[next].focus();
  }

  // Which tools would take something away here.
  show() {
    const on = marksAt(...this.place);
    for (const tool of this.tools) if (tool.dataset.does) tool.setAttribute("aria-pressed", on.has(tool.dataset.does));
  }
}

for (const bar of document.querySelectorAll("[data-editor]")) {
  const field = document.getElementById(bar.dataset.editor);
  if (field && !field.readOnly) new Editor(bar);
}

// The outline and the long sentences under a text lead to their lines in it.
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-line]");
  const field = link && document.querySelector(link.getAttribute("href"));
  if (!field) return;
  event.preventDefault();
  goTo(field, Number(link.dataset.line));
});
