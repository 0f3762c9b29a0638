// What is pasted into a lesson's text comes as clean Markdown; with Ctrl+Shift+V it comes as it is.
import { pasted } from "./studio-edits.js";
import { markdownOf, pageOf } from "./studio-paste.js";

const LESSON = /^\/[a-z-]+\/courses\/[\w-]+\/([\w-]+)\/$/;
const MOST = 40; // lessons that are asked for at once

function slugOf(address) {
  try {
    const url = new URL(address, location.href);
    return url.origin === location.origin ? (LESSON.exec(url.pathname)?.[1] ?? "") : "";
  } catch {
    return "";
  }
}

// Whoever copied one piece of code copied it to write it: marks of ours, from the help under the text.
function isCode(html) {
  const { body } = pageOf(html);
  const code = body.querySelector("code, pre");
  return code !== null && code.textContent.trim() === body.textContent.trim();
}

// `lesson:KEY` by slug, for those lessons of ours that the pasted text leads to.
async function keysOf(html, finder) {
  const links = pageOf(html).querySelectorAll("a[href]");
  const slugs = [...new Set([...links].map((link) => slugOf(link.getAttribute("href"))))].filter(Boolean).slice(0, MOST);
  if (!slugs.length) return {};
  try {
    const answer = await fetch(`${finder}?${new URLSearchParams(slugs.map((slug) => ["slug", slug]))}`);
    const { lessons } = await answer.json();
    return Object.fromEntries(lessons.map(({ slug, key }) => [slug, key]));
  } catch {
    return {}; // without the server the links stay what they were
  }
}

export function followPasting(editor) {
  const { field } = editor;
  let plainly = false;

  async function convert(html) {
    const [start, end] = [field.selectionStart, field.selectionEnd];
    const keys = await keysOf(html, editor.bar.dataset.lessons);
    const found = markdownOf(html, (address) => (keys[slugOf(address)] ? `lesson:${keys[slugOf(address)]}` : ""));
    if (found.markdown && !editor.do(pasted(field.value, start, end, found.markdown, found.inline))) return;
    editor.say(found.pictures ? (found.struck ? "both" : "pictures") : found.struck ? "struck" : found.inline ? "" : "tidied");
  }

  field.addEventListener("keydown", (event) => {
    plainly = event.code === "KeyV" && event.shiftKey && (event.ctrlKey || event.metaKey);
  });
  field.addEventListener("paste", (event) => {
    const html = event.clipboardData?.getData("text/html") ?? "";
    const asIs = plainly || !html.trim() || isCode(html);
    plainly = false;
    if (asIs) return;
    event.preventDefault();
    convert(html);
  });
}
