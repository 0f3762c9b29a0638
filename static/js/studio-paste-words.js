// Runs of words with their marks, as Markdown that reads the same: `{ text, bold, italic, href }`, or `{ br: true }`.
const SPACES = /[\s\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/gu;
// What is not seen and does harm: breaks within words, marks of byte order, embeddings and overrides of the direction.
const UNSEEN = /[\0-\x08\x0e-\x1f\x7f\u00ad\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069]/gu;
const PUNCTUATION = /[\p{P}\p{S}]/u;
const SPECIAL = /[\\`*[\]<]|&(?=[#a-z])|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/giu;
const RAISED = new Map([..."0123456789+-()n"].map((one, at) => [one, [..."⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿ"][at]]));
const LOWERED = new Map([..."0123456789+-()"].map((one, at) => [one, [..."₀₁₂₃₄₅₆₇₈₉₊₋₍₎"][at]]));

const alike = (one, other) => one.bold === other.bold && one.italic === other.italic && one.href === other.href;
const isSpace = (letter) => !letter || letter === " " || letter === "\n";
const first = (text) => [...text][0] ?? "";
const last = (text) => [...text].at(-1) ?? "";

// m², H₂O: small digits have letters of their own; anything else stays as it is.
export function small(text, raised) {
  const letters = raised ? RAISED : LOWERED;
  return [...text].every((letter) => letters.has(letter)) ? [...text].map((letter) => letters.get(letter)).join("") : text;
}

// The same words with single spaces, none at the ends of a line, and neighbours of one kind in one.
export function tidied(runs) {
  const kept = [];
  for (const run of runs) {
    const before = kept.at(-1);
    if (run.br) {
      if (before?.text) before.text = before.text.trimEnd();
      kept.push(run);
      continue;
    }
    let text = run.text.replace(UNSEEN, "").replace(SPACES, " ");
    if (!before || before.br || before.text.endsWith(" ")) text = text.replace(/^ /, "");
    if (!text) continue;
    if (before && !before.br && alike(before, run)) before.text += text;
    else kept.push({ ...run, text });
  }
  const told = kept.filter((run) => run.br || run.text);
  while (told.at(-1)?.br) told.pop();
  while (told[0]?.br) told.shift();
  if (told.length) told.at(-1).text = told.at(-1).text.trimEnd();
  return told.filter((run) => run.br || run.text);
}

// Spaces belong to no mark; two marks that touch would be read as one, so the weaker of them goes.
function parted(runs) {
  const parts = [];
  for (const run of runs) {
    const [, open, core, close] = /^( ?)(.*?)( ?)$/su.exec(run.text);
    if (open) parts.push({ text: open });
    if (core) parts.push({ ...run, text: core });
    if (close) parts.push({ text: close });
  }
  for (let at = 1; at < parts.length; at++) {
    const [one, other] = [parts[at - 1], parts[at]];
    if (!((one.bold || one.italic) && (other.bold || other.italic))) continue;
    if (one.bold && other.bold) one.italic = other.italic = false;
    else (one.bold ? other : one).italic = false;
  }
  return parts.reduce((kept, part) => {
    const before = kept.at(-1);
    if (before && Boolean(before.bold) === Boolean(part.bold) && Boolean(before.italic) === Boolean(part.italic)) before.text += part.text;
    else kept.push({ ...part });
    return kept;
  }, []);
}

const escaped = (text) => text.replace(SPECIAL, "\\$&");

// Markdown closes no mark between a point and a letter, so such a point stands outside of it.
function marked(part, before, after) {
  const marks = (part.bold ? "**" : "") + (part.italic ? "*" : "");
  if (!marks) return escaped(part.text);
  let [open, core, close] = ["", part.text, ""];
  const stuck = (edge, beyond) => PUNCTUATION.test(edge) && !isSpace(beyond) && !PUNCTUATION.test(beyond);
  while (core && (stuck(first(core), last(open) || before) || isSpace(first(core)))) {
    open += first(core);
    core = core.slice(first(core).length);
  }
  while (core && (stuck(last(core), first(close) || after) || isSpace(last(core)))) {
    close = last(core) + close;
    core = core.slice(0, -last(core).length);
  }
  return escaped(open) + (core ? marks + escaped(core) + marks : "") + escaped(close);
}

function line(runs, before, after) {
  const parts = parted(runs);
  return parts
    .map((part, at) => marked(part, at ? last(parts[at - 1].text) : before, at + 1 < parts.length ? first(parts[at + 1].text) : after))
    .join("");
}

function linked(group, before, after) {
  const { href } = group[0];
  if (!href) return line(group, before, after);
  const words = line(group, "[", "]");
  const [, open, core, close] = /^(\s*)(.*?)(\s*)$/su.exec(words);
  return core ? `${open}[${core}](${href})${close}` : words;
}

// One line of runs (no breaks in it) as Markdown.
function written(runs) {
  const groups = [];
  for (const run of runs) {
    if (groups.length && groups.at(-1)[0].href === run.href) groups.at(-1).push(run);
    else groups.push([run]);
  }
  let text = "";
  groups.forEach((group, at) => {
    const next = groups[at + 1];
    const after = !next ? "" : next[0].href ? "[" : first(next[0].text);
    const before = at && groups[at - 1][0].href ? ")" : last(text);
    if (group[0].href) text = text.replace(/!$/, "\\!"); // else it would be a picture
    text += linked(group, before, after);
  });
  return text;
}

const LINE_STARTS = [
  [/^(#{1,6})(?=\s|$)/, "\\$1"],
  [/^([-+])(?=\s|$)/, "\\$1"],
  [/^(\d{1,9})([.)])(?=\s|$)/, "$1\\$2"],
  [/^(>|:::|~~~)/, "\\$1"],
  [/^([-=:|])(?=[-=:|\s]*$)/, "\\$1"],
];
const guarded = (text) => LINE_STARTS.reduce((kept, [pattern, instead]) => kept.replace(pattern, instead), text);

// The lines of a paragraph.
export function linesOf(runs) {
  const lines = [[]];
  for (const run of tidied(runs)) run.br ? lines.push([]) : lines.at(-1).push(run);
  return lines.map((one) => guarded(written(one))).filter(Boolean);
}

// All of it on one line, for a heading or a cell; `\|` keeps a cell one.
export const onOneLine = (runs) => written(tidied(runs.map((run) => (run.br ? { text: " " } : run)))).trim();
export const asHeading = (runs) => onOneLine(runs.map((run) => ({ ...run, bold: false }))).replace(/#(?=#*$)/g, "\\#");
export const asCell = (runs) => onOneLine(runs).replace(/\|/g, "\\|");
