// What was copied from Word, Google Docs or a page of the web, as the Markdown of a lesson.
import { ignored, itemOf, nested } from "./studio-paste-lists.js";
import { small } from "./studio-paste-words.js";
import { written } from "./studio-paste-blocks.js";

const LEFT_OUT = "script,style,title,meta,link,template,noscript,iframe,object,embed,canvas,video,audio,math,button,input,select,textarea,form[hidden]";
const PICTURES = "img,picture,svg,v\\:imagedata,v\\:shape";
const COMMENTS = ".msocomanchor,.msocomtxt,.MsoCommentReference,.MsoCommentText";
const BLOCKS = new Set(
  "address article aside blockquote body center dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section summary table tbody td tr ul".split(" "),
);
const OURS = new Set(["first", "steps", "numbers", "do", "dont", "warning", "key"]);

const TAG = /<[a-z](?:"[^"]*"|'[^']*'|[^'">])*>/gi;
const SHEET = /<style\b[\s\S]*?<\/style\s*>/gi;
const ATTRIBUTE = /([\s"'/])(style|on[a-z]+)(?=\s*=)/gi;

// A page of its own in which nothing runs or is fetched. Even there the browser would report each style and each handler
// to the portal, which forbids them, so they are named otherwise.
export const pageOf = (html) =>
  new DOMParser().parseFromString(html.replace(SHEET, "").replace(TAG, (tag) => tag.replace(ATTRIBUTE, "$1data-$2")), "text/html");

const styleOf = (element) => (element.dataset.style ?? "").toLowerCase().replace(/\s*:\s*/g, ":");
const isHidden = (element, style) =>
  element.hidden || /(?:^|;\s*)(?:display:none|visibility:hidden|mso-hide:all)/.test(style) || /mso-element:comment/.test(style);
const isStruck = (element, style) => /^(?:del|s|strike)$/.test(element.localName) || /text-decoration[^;]*:[^;]*line-through/.test(style);

function isBold(element, style, inherited) {
  const weight = /(?:^|;\s*)font-weight:(\w+)/.exec(style)?.[1];
  if (weight) return /^(?:bold|bolder|[6-9]00)$/.test(weight);
  return inherited || /^(?:b|strong|dt)$/.test(element.localName);
}

function isItalic(element, style, inherited) {
  const slant = /(?:^|;\s*)font-style:(\w+)/.exec(style)?.[1];
  if (slant) return /^(?:italic|oblique)$/.test(slant);
  return inherited || /^(?:i|em|cite)$/.test(element.localName);
}

// 1 to 6, or 0 where it is none; Word names its title by a class, and on the web it says the level beside.
function headingLevel(element) {
  const tag = /^h([1-6])$/.exec(element.localName);
  if (tag) return Number(tag[1]);
  if (element.getAttribute("role") === "heading") return Number(element.getAttribute("aria-level")) || 2;
  return /\bMsoTitle\b/.test(element.className) ? 1 : 0;
}

// Only what leads to a safe place; a search engine's detour is left out.
export function safeLink(address) {
  try {
    const url = new URL(address);
    const behind = /(^|\.)google\.[a-z.]+$/.test(url.hostname) && url.pathname === "/url" && (url.searchParams.get("q") ?? url.searchParams.get("url"));
    if (behind) return safeLink(behind);
    return url.protocol === "https:" && !url.username ? url.href.replace(/[()<>\\*_[\]]/g, (one) => `%${one.charCodeAt(0).toString(16)}`) : "";
  } catch {
    return "";
  }
}

class Reader {
  constructor(left, lessonAt) {
    Object.assign(this, { blocks: [], runs: [], left, lessonAt });
  }

  flush() {
    const parts = [[]];
    this.runs.forEach((run, at) => {
      if (run.br && this.runs[at + 1]?.br) parts.push([]); // two breaks are a new paragraph
      else parts.at(-1).push(run);
    });
    for (const runs of parts) if (runs.some((run) => run.text?.trim())) this.blocks.push({ type: "paragraph", runs });
    this.runs = [];
  }

  inside(element, marks) {
    const reader = new Reader(this.left, this.lessonAt);
    reader.children(element, marks);
    reader.flush();
    return nested(reader.blocks);
  }

  children(element, marks) {
    for (const child of element.childNodes) this.node(child, marks);
  }

  node(node, marks) {
    if (node.nodeType === Node.TEXT_NODE) return this.words(node.data, marks);
    if (node.nodeType !== Node.ELEMENT_NODE) return;
    const style = styleOf(node);
    if (node.matches(PICTURES)) return void this.left.pictures++;
    if (node.matches(LEFT_OUT) || node.matches(COMMENTS) || ignored(style) || isHidden(node, style)) return;
    if (isStruck(node, style)) return void (this.left.struck += node.textContent.trim() ? 1 : 0);
    if (node.localName === "br") return void (node.className === "Apple-interchange-newline" || this.runs.push({ br: true }));
    const inner = this.marksOf(node, style, marks);
    if (BLOCKS.has(node.localName)) this.block(node, style, inner);
    else if (/^su[bp]$/.test(node.localName)) this.words(small(node.textContent, node.localName === "sup"), inner);
    else this.children(node, inner);
  }

  words(text, marks) {
    if (!marks.kept) return void this.runs.push({ text, ...marks });
    text.split(/\r?\n/).forEach((line, at) => {
      if (at) this.runs.push({ br: true });
      this.runs.push({ text: line, ...marks });
    });
  }

  marksOf(element, style, { bold, italic, href, kept }) {
    const address = element.localName === "a" ? (element.getAttribute("href") ?? "") : "";
    return {
      bold: isBold(element, style, bold),
      italic: isItalic(element, style, italic),
      href: address ? this.lessonAt(address) || safeLink(address) : href,
      kept: kept || element.localName === "pre",
    };
  }

  block(element, style, marks) {
    this.flush();
    const level = headingLevel(element);
    const item = itemOf(element, style);
    const tag = element.localName;
    if (item) this.blocks.push({ ...item, blocks: this.inside(element, marks) });
    else if (level) this.heading(element, level, marks);
    else if (tag === "ul" || tag === "ol") this.list(element, marks);
    else if (tag === "table") this.table(element, marks);
    else if (tag === "hr") this.blocks.push({ type: "rule" });
    else if (tag === "blockquote") this.blocks.push({ type: "quote", blocks: this.inside(element, marks) });
    else if (tag === "div" && OURS.has(element.className)) this.ours(element, marks);
    else this.children(element, marks);
    this.flush();
  }

  heading(element, level, marks) {
    const reader = new Reader(this.left, this.lessonAt);
    reader.children(element, { ...marks, bold: false });
    const runs = [...reader.blocks.flatMap((block) => block.runs ?? []), ...reader.runs];
    if (runs.some((run) => run.text?.trim())) this.blocks.push({ type: "heading", level, runs });
  }

  list(element, marks) {
    const items = [];
    for (const child of element.children) {
      const line = itemOf(child, "");
      if (line) this.blocks.push({ ...line, blocks: this.item(child, marks) });
      if (line) continue; // on the web Word puts every line into a list of its own, and says how deep it is
      const isList = /^[uo]l$/.test(child.localName);
      const blocks = isList ? this.inside({ childNodes: [child] }, marks) : this.item(child, marks);
      if (isList && items.length) items.at(-1).push(...blocks); // Google's nested lists stand beside their line
      else if (blocks.length) items.push(blocks);
    }
    const start = Number(element.getAttribute("start")) || 1;
    if (items.length) this.blocks.push({ type: "list", ordered: element.localName === "ol", start, items });
  }

  item(element, marks) {
    const style = styleOf(element);
    if (isHidden(element, style)) return [];
    return this.inside(element, this.marksOf(element, style, marks));
  }

  table(element, marks) {
    const rows = [...element.rows].map((row) => [...row.cells].flatMap((cell) => this.cells(cell, marks))).filter((row) => row.length);
    const columns = Math.max(0, ...rows.map((row) => row.length));
    if (columns > 1 && rows.length > 1) this.blocks.push({ type: "table", columns, rows: rows.map((row) => row.map(runsOf)) });
    else for (const cell of rows.flat()) this.blocks.push(...cell); // it only laid out the page
  }

  cells(cell, marks) {
    const blocks = this.inside(cell, this.marksOf(cell, styleOf(cell), marks));
    return [blocks, ...Array.from({ length: Math.min(20, cell.colSpan) - 1 }, () => [])];
  }

  // A block of another lesson's page is that block again.
  ours(element, marks) {
    element.querySelector(":scope > .block-title")?.remove();
    this.blocks.push({ type: "ours", name: element.className, blocks: this.inside(element, marks) });
  }
}

// Whatever stands in blocks, as one run of words.
function runsOf(blocks) {
  const parts = blocks.map((block) => block.runs ?? (block.items ? block.items.flatMap((item) => [...runsOf(item), { br: true }]) : block.rows ? block.rows.flat(2) : runsOf(block.blocks ?? [])));
  return parts.flatMap((runs, at) => (at ? [{ br: true }, ...runs] : runs));
}

/**
 * `{ markdown, inline, pictures, struck }`: the text; whether it is a part of a line; how many pictures and how many
 * struck-out passages were left out. `lessonAt(address)` gives `lesson:KEY` for a lesson of ours, or nothing.
 */
export function markdownOf(html, lessonAt = () => "") {
  const page = pageOf(html);
  const left = { pictures: 0, struck: 0 };
  const reader = new Reader(left, lessonAt);
  reader.children(page.body, {});
  reader.flush();
  const blocks = nested(reader.blocks);
  const markdown = written(blocks);
  return { markdown, inline: blocks.every((block) => block.type === "paragraph") && !markdown.includes("\n"), ...left };
}
