// What a tool does to a text: pure functions of (text, start, end) that return one exchange, `{ from, to, text, start, end }`:
// the letters between `from` and `to` become `text`, and then what stands between `start` and `end` is selected.
export const [HERE, END] = ["\ue000", "\ue001"]; // letters that no language has
const POINT = /^(\s*)(?:[-*+]|\d{1,9}[.)])(?:[ \t]+|$)/;
const WRAPPED = 60; // letters: a longer line was broken to fit, and goes on in the next
const PREFIXES = { list: /^\s*[-*+](?:[ \t]+|$)/, numbered: /^\s*\d{1,9}[.)](?:[ \t]+|$)/, heading: /^##(?:[ \t]+|$)/, subheading: /^###(?:[ \t]+|$)/ };
const ANY_PREFIX = /^(?:\s*(?:[-*+]|\d{1,9}[.)])(?:[ \t]+|$)|#{1,6}(?:[ \t]+|$))/;
const OPENS = /^\s*:{3,}[ \t]*([a-z]+)/;
const CLOSES = /^\s*:{3,}\s*$/;
const SPAN = /(?<!\\)(\*{1,3})(?=[^\s*])([^\n]*?[^\s*\\])\1(?!\*)/g;
const LISTS = { steps: "numbered", do: "list", dont: "list", numbers: "list", sirens: "list", worksheet: "list" };
const ROWS = { numbers: "- **…** ", sirens: "- {steady 60} ", worksheet: "- {near:text} " };

export const lineStart = (text, at) => text.lastIndexOf("\n", at - 1) + 1;
export const lineEnd = (text, at) => {
  const end = text.indexOf("\n", at);
  return end < 0 ? text.length : end;
};
// The whole lines of a selection; the start of a line behind it is not one of them.
export function linesAround(text, start, end) {
  const last = end > start && text[end - 1] === "\n" ? end - 1 : end;
  return { from: lineStart(text, start), to: lineEnd(text, Math.max(start, last)) };
}

// The paragraph around a place: lines without an empty one between them.
function paragraphAround(text, at) {
  let [from, to] = [lineStart(text, at), lineEnd(text, at)];
  const isText = (a, b) => text.slice(a, b).trim() && !OPENS.test(text.slice(a, b)) && !CLOSES.test(text.slice(a, b));
  if (!isText(from, to)) return { from, to };
  while (from > 0 && isText(lineStart(text, from - 1), from - 1)) from = lineStart(text, from - 1);
  while (to < text.length && isText(to + 1, lineEnd(text, to + 1))) to = lineEnd(text, to + 1);
  return { from, to };
}

// The block that a place stands in: its name, and its first and last line.
export function blockAround(text, at) {
  let open = null;
  let place = 0;
  for (const line of text.split("\n")) {
    const span = { from: place, to: place + line.length };
    place = span.to + 1;
    const name = OPENS.exec(line)?.[1];
    if (name) open = { name, open: span };
    else if (open && CLOSES.test(line)) {
      if (open.open.from <= at && at <= span.to) return { ...open, close: span };
      open = null;
    } else if (!open && span.from > at) return null;
  }
  return null;
}

// What of `text` has to stand around `block` so that an empty line is before and behind it.
function apart(text, from, to) {
  const [before, after] = [text.slice(0, from), text.slice(to)];
  const lead = !before.trim() ? "" : "\n".repeat(Math.max(0, 2 - /\n*$/.exec(before)[0].length));
  const tail = !after.trim() ? "" : "\n".repeat(Math.max(0, 2 - /^\n*/.exec(after)[0].length));
  return [lead, tail];
}

// `block` alone between `from` and `to`; HERE in it is where writing goes on, what is between HERE and END is selected.
export function alone(text, from, to, block) {
  const [lead, tail] = apart(text, from, to);
  const open = block.indexOf(HERE);
  const close = block.indexOf(END) - (open >= 0 ? 1 : 0);
  const said = block.replace(/[\ue000\ue001]/g, "");
  const begin = from + lead.length;
  const start = open < 0 ? begin + said.length : begin + open;
  return { from, to, text: lead + said + tail, start, end: close > open ? begin + close : start };
}

const plain = (said) => said.replace(/[\ue000\ue001]/g, "");

// A picture or a table goes behind the paragraph or block that is being written, never into it.
export function placed(text, start, _end, block) {
  const around = blockAround(text, start);
  const { to } = around ? around.close : paragraphAround(text, start);
  const isBlank = !text.slice(lineStart(text, start), lineEnd(text, start)).trim();
  const at = isBlank && !around ? lineStart(text, start) : to;
  return alone(text, at, isBlank && !around ? lineEnd(text, start) : to, block);
}

// What was pasted, in the place of the selection: a part of a line, or blocks of their own.
export function pasted(text, start, end, said, inline) {
  if (!inline) return { ...alone(text, start, end, plain(said)) };
  const at = start + said.length;
  return { from: start, to: end, text: said, start: at, end: at };
}

export function inline(text, start, end, said) {
  const at = start + said.length;
  return { from: start, to: end, text: said, start: at, end: at };
}

export function link(text, start, end, words, address) {
  const selected = text.slice(start, end).replace(/\s+/g, " ").trim() || words.replace(/[\\[\]*`]/g, "\\$&");
  return inline(text, start, end, `[${selected}](${address})`);
}

// Bold or italic: around the selection or the word, line by line; taken away where all of it is so already.
function spanAround(line, start, end, mark) {
  for (const found of line.matchAll(SPAN)) {
    const stars = found[1].length;
    const has = mark.length === 2 ? stars >= 2 : stars !== 2;
    const [from, to] = [found.index, found.index + found[0].length];
    if (has && from <= start && end <= to) return { from, to, stars };
  }
  return null;
}

function wordAround(line, at) {
  const before = /[\p{L}\p{M}\p{N}'’-]*$/u.exec(line.slice(0, at))[0].length;
  const after = /^[\p{L}\p{M}\p{N}'’-]*/u.exec(line.slice(at))[0].length;
  return before && after ? [at - before, at + after] : [at, at];
}

function partOf(line, start, end) {
  const prefix = ANY_PREFIX.exec(line)?.[0].length ?? 0;
  let [from, to] = [Math.max(start, Math.min(prefix, end)), end];
  while (from < to && /\s/.test(line[from])) from++;
  while (to > from && /\s/.test(line[to - 1])) to--;
  return [from, to];
}

export function toggleMark(text, start, end, mark) {
  const area = linesAround(text, start, end);
  const lines = text.slice(area.from, area.to).split("\n");
  const jobs = [];
  let place = area.from;
  for (const line of lines) {
    let [from, to] = partOf(line, Math.max(0, start - place), Math.min(line.length, end - place));
    if (start === end) [from, to] = wordAround(line, start - place);
    if (lines.length === 1 || from < to) jobs.push({ line, place, from, to, span: spanAround(line, from, to, mark) });
    place += line.length + 1;
  }
  if (!jobs.length) return inline(text, start, end, text.slice(start, end));
  const off = jobs.every((job) => job.span);
  const chosen = jobs.filter((job) => off || !job.span);
  return exchanged(text, chosen, mark, off, start === end ? start : -1);
}

function exchanged(text, jobs, mark, off, caret) {
  const [from, last] = [jobs[0].place + (off ? jobs[0].span.from : jobs[0].from), jobs.at(-1)];
  const to = last.place + (off ? last.span.to : last.to);
  let said = "";
  let place = from;
  for (const job of jobs) {
    const [a, b] = off ? [job.span.from, job.span.to] : [job.from, job.to];
    const words = job.line.slice(a, b);
    const n = mark.length;
    said += text.slice(place, job.place + a) + (off ? words.slice(n, -n) : mark + words + mark);
    place = job.place + b;
  }
  const shift = off ? -mark.length : mark.length;
  if (caret >= 0) return { from, to, text: said, start: Math.max(from, caret + shift), end: Math.max(from, caret + shift) };
  return { from, to, text: said, start: off ? from : from + mark.length * (jobs.length === 1), end: from + said.length - (off || jobs.length > 1 ? 0 : mark.length) };
}

// Headings and lists: the lines get the mark in the place of any other, or lose it where all of them have it. A line that
// goes on with the point before it is no point, and lines that were broken for their length are one.
const markFor = { list: () => "- ", numbered: (at) => `${at + 1}. `, heading: () => "## ", subheading: () => "### " };
const isList = (kind) => kind === "list" || kind === "numbered";
const wrapped = (lines) => lines.length > 1 && lines.slice(0, -1).every((line) => line.length > WRAPPED);
const goesOn = (lines, at) => /^\s/.test(lines[at]) && lines.slice(0, at).some((line) => POINT.test(line));

function asLines(all, kind) {
  const lines = all.filter((line) => line.trim());
  const isOne = isList(kind) && !lines.some((line) => POINT.test(line)) && wrapped(lines);
  let count = 0;
  return lines.map((line, at) => {
    const indent = " ".repeat(markFor[kind](Math.max(0, count - 1)).length);
    if (isList(kind) && (isOne ? at : goesOn(lines, at))) return indent + (POINT.exec(line)?.[1] ? line.trimStart() : line.trim());
    return markFor[kind](count++) + line.replace(ANY_PREFIX, "");
  });
}

function withoutPrefix(lines, kind) {
  return lines.map((line, at) => (goesOn(lines, at) && !PREFIXES[kind].test(line) ? line.trimStart() : line.replace(PREFIXES[kind], "")));
}

export function toggleLines(text, start, end, kind) {
  const { from, to } = linesAround(text, start, end);
  const lines = text.slice(from, to).split("\n");
  const told = lines.filter((line) => line.trim());
  if (!told.length) return alone(text, from, to, `${markFor[kind](0)}${HERE}`);
  if (told.every((line, at) => PREFIXES[kind].test(line) || goesOn(told, at))) {
    return selecting(start, end, { from, to, text: withoutPrefix(lines, kind).join("\n") });
  }
  const [lead, tail] = apart(text, from, to);
  const near = (at, fence) => {
    const line = text.slice(lineStart(text, at), lineEnd(text, at));
    return (isList(kind) && POINT.test(line)) || fence.test(line);
  };
  const before = from > 0 && near(from - 1, OPENS) ? "" : lead;
  const after = to < text.length && near(to + 1, CLOSES) ? "" : tail;
  return selecting(start, end, { from, to, text: before + asLines(lines, kind).join("\n") + after }, before.length, after.length);
}

// A caret keeps its distance to the end of its line; a selection is that of all the lines.
function selecting(start, end, exchange, lead = 0, tail = 0) {
  const [begin, finish] = [exchange.from + lead, exchange.from + exchange.text.length - tail];
  if (start !== end) return { ...exchange, start: begin, end: finish };
  const at = Math.max(begin, finish - (exchange.to - start));
  return { ...exchange, start: at, end: at };
}

// A block around the lines, or around the paragraph; off if it is there, exchanged if it is another one.
export function toggleBlock(text, start, end, name) {
  const there = blockAround(text, start);
  if (there) return there.name === name ? withoutBlock(text, start, there) : renamed(text, start, there, name);
  const { from, to } = start === end ? paragraphAround(text, start) : linesAround(text, start, end);
  const lines = text.slice(from, to).split("\n");
  if (!lines.some((line) => line.trim())) return alone(text, from, to, `::: ${headOf(name)}\n${emptyRow(name)}${HERE}\n:::`);
  const body = LISTS[name] ? asLines(lines, LISTS[name]).join("\n") : lines.join("\n").trim();
  return alone(text, from, to, `::: ${headOf(name)}\n${body}${HERE}\n:::`);
}

const headOf = (name) => (name === "worksheet" ? "worksheet plan" : name);
const emptyRow = (name) => ROWS[name] ?? (LISTS[name] ? markFor[LISTS[name]](0) : "");

function withoutBlock(text, start, { open, close }) {
  const body = text.slice(open.to + 1, Math.max(open.to + 1, close.from - 1));
  const at = Math.min(open.from + body.length, Math.max(open.from, start - (open.to + 1 - open.from)));
  return { from: open.from, to: close.to, text: body, start: at, end: at };
}

function renamed(text, start, { open, close }, name) {
  const lines = text.slice(open.to + 1, Math.max(open.to + 1, close.from - 1)).split("\n");
  const body = LISTS[name] ? asLines(lines, LISTS[name]).join("\n") || emptyRow(name) : lines.join("\n");
  const said = `::: ${headOf(name)}\n${body}`;
  const at = open.from + said.length;
  return { from: open.from, to: close.from - 1, text: said, start: at, end: at };
}

// Which tools would be taken away at this place: the names of those that are on.
export function marksAt(text, start, end) {
  const on = new Set();
  const from = lineStart(text, start);
  const line = text.slice(from, lineEnd(text, start));
  if (end <= from + line.length) {
    if (spanAround(line, start - from, end - from, "**")) on.add("bold");
    if (spanAround(line, start - from, end - from, "*")) on.add("italic");
  }
  for (const kind of Object.keys(PREFIXES)) if (PREFIXES[kind].test(line)) on.add(kind);
  const block = blockAround(text, start);
  if (block) on.add(block.name);
  return on;
}
