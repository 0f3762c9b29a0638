// What some tools ask before they write: how large a table, which picture, fact or lesson. One dialog each a page.
import { inline, link, placed } from "./studio-edits.js";
import { table } from "./studio-rows.js";

const WAIT = 250; // milliseconds without a key before lessons are looked for
let asking = null; // the editor that the open dialog writes for
const all = (selector) => document.querySelectorAll(selector);

// Opens a dialog below its tool; on a phone it lies at the foot of the screen (see _editor.scss).
export function opened(name, tool, editor) {
  const dialog = document.getElementById(`editor-${name}`);
  const place = tool.getBoundingClientRect();
  asking = editor;
  dialog.returnValue = "";
  tool.setAttribute("aria-expanded", "true");
  tool.focus({ preventScroll: true }); // where Escape leads back to
  dialog.showModal();
  dialog.querySelector("input, .editor-choices button")?.focus();
  const begin = getComputedStyle(dialog).direction === "rtl" ? place.right - dialog.offsetWidth : place.left;
  const left = Math.max(8, Math.min(begin, innerWidth - dialog.offsetWidth - 8));
  dialog.style.setProperty("--left", `${left}px`);
  dialog.style.setProperty("--top", `${Math.max(8, Math.min(place.bottom + 4, innerHeight - dialog.offsetHeight - 8))}px`);
  dialog.addEventListener("close", () => tool.setAttribute("aria-expanded", "false"), { once: true });
  dialog.dispatchEvent(new Event("opened"));
}

// Writes what was chosen, and the text has the focus again.
function write(dialog, edit) {
  const editor = asking;
  dialog.close();
  editor.do(edit(...editor.place));
}

for (const dialog of all("dialog.editor-dialog")) {
  dialog.addEventListener("click", (event) => {
    const { left, right, top, bottom } = dialog.getBoundingClientRect();
    const beside = event.detail && (event.clientX < left || event.clientX > right || event.clientY < top || event.clientY > bottom);
    if (beside || event.target.closest("[data-shut]")) dialog.close();
  });
}

for (const tool of all("#editor-more [data-does]"))
  tool.onclick = () => {
    const editor = asking;
    tool.closest("dialog").close();
    editor.field.focus({ preventScroll: true });
    editor.run(tool.dataset.does);
  };

for (const fact of all("#editor-fact [data-fact]"))
  fact.onclick = () => write(fact.closest("dialog"), (...at) => inline(...at, `{fact:${fact.dataset.fact}}`));

for (const picture of all("#editor-picture [data-picture]"))
  picture.onclick = () => {
    const said = picture.getAttribute(`data-line-${asking.language}`) || `![](${picture.dataset.picture})`;
    write(picture.closest("dialog"), (...at) => placed(...at, said));
  };

for (const way of all("#editor-picture [data-upload]"))
  way.onclick = (event) => {
    event.preventDefault();
    way.closest("dialog").close();
    const file = document.querySelector(way.getAttribute("href"));
    file.scrollIntoView({ block: "center" });
    file.focus({ preventScroll: true });
  };

for (const form of all("#editor-table form"))
  form.onsubmit = (event) => {
    event.preventDefault();
    const size = ["rows", "columns"].map((name) => form.elements[name].valueAsNumber);
    write(form.closest("dialog"), (...at) => placed(...at, table(...size)));
  };

for (const form of all("#editor-lesson form")) {
  const dialog = form.closest("dialog");
  const [field, says, list] = [form.elements.q, dialog.querySelector("[role=status]"), dialog.querySelector("ul")];
  const line = dialog.querySelector("template").content.firstElementChild;
  let timer = 0;
  let asked = new AbortController();

  function shown({ title, key, words, draft }) {
    const row = line.cloneNode(true);
    const button = row.querySelector("button");
    row.querySelector("bdi").textContent = title;
    row.querySelector("code").textContent = key;
    row.querySelector("[data-draft]").hidden = !draft;
    button.onclick = () => write(dialog, (...at) => link(...at, words, `lesson:${key}`));
    return row;
  }

  async function look() {
    clearTimeout(timer);
    asked.abort();
    asked = new AbortController();
    const { signal } = asked;
    const query = new URLSearchParams({ q: field.value, language: asking.language });
    try {
      const answer = await fetch(`${form.action}?${query}`, { signal });
      if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
      const found = await answer.json();
      if (signal.aborted) return;
      list.replaceChildren(...found.lessons.map(shown));
      says.textContent = found.says;
    } catch {
      if (!signal.aborted) says.textContent = says.dataset.away;
    }
  }

  field.oninput = () => {
    clearTimeout(timer);
    timer = setTimeout(look, WAIT);
  };
  form.onsubmit = async (event) => {
    event.preventDefault();
    await look();
    list.querySelector("button")?.focus();
  };
  dialog.addEventListener("opened", () => {
    field.select();
    look();
  });
}
