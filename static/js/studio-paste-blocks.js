// Paragraphs, headings, lists and tables as Markdown that keeps the rules of a lesson's text.
import { asCell, asHeading, linesOf } from "./studio-paste-words.js";

const NO_HEADINGS = { headings: false };

// The levels in use become 2, 3, 4 …, and none is skipped: the title of the lesson stands above them.
function levelled(blocks) {
  const used = [...new Set(blocks.filter((block) => block.type === "heading").map((block) => block.level))].sort();
  let before = 1;
  return blocks.map((block) => {
    if (block.type !== "heading") return block;
    before = Math.min(used.indexOf(block.level) + 2, before + 1, 6);
    return { ...block, level: before };
  });
}

const indented = (text, by) => text.replace(/\n(?!\n|$)/g, `\n${" ".repeat(by)}`);

// A list behind one of its kind takes the other mark, or the two would be one.
function list(block, isSecond) {
  const first = block.ordered ? block.start : 0;
  return block.items
    .map((item, at) => {
      const mark = block.ordered ? `${first + at}${isSecond ? ")" : "."}` : isSecond ? "*" : "-";
      const inside = item.map((part, place) => one(part, NO_HEADINGS, isSecondOf(item, place)));
      const tight = inside.reduce((text, part, place) => text + (place ? (item[place].type === "list" ? "\n" : "\n\n") : "") + part, "");
      return `${mark} ${indented(tight, mark.length + 1)}`;
    })
    .join("\n");
}

function table({ rows, columns }) {
  const line = (cells) => `| ${Array.from({ length: columns }, (_none, at) => cells[at] ?? "").join(" | ")} |`;
  const [head, ...rest] = rows.map((row, at) => row.map((runs) => asCell(at ? runs : runs.map((run) => ({ ...run, bold: false })))));
  return [line(head), line(Array(columns).fill("---")), ...rest.map(line)].join("\n");
}

const bold = (runs) => runs.map((run) => (run.br ? run : { ...run, bold: true }));
const isSecondOf = (blocks, at) => {
  let count = 0;
  while (at > 0 && blocks[at].type === "list" && blocks[at - 1].type === "list" && blocks[at - 1].ordered === blocks[at].ordered) [at, count] = [at - 1, count + 1];
  return count % 2 === 1;
};

function one(block, allowed, isSecond) {
  switch (block.type) {
    case "heading":
      return allowed.headings ? `${"#".repeat(block.level)} ${asHeading(block.runs)}` : linesOf(bold(block.runs)).join("\\\n");
    case "paragraph":
      return linesOf(block.runs).join("\\\n");
    case "list":
      return list(block, isSecond);
    case "table":
      return table(block);
    case "rule":
      return "---";
    case "quote":
      return all(block.blocks, NO_HEADINGS).replace(/^/gm, "> ").replace(/ +$/gm, "");
    case "ours":
      return allowed.headings ? `::: ${block.name}\n${all(block.blocks, NO_HEADINGS)}\n:::` : all(block.blocks, NO_HEADINGS);
    default:
      return "";
  }
}

const all = (blocks, allowed) =>
  blocks
    .map((block, at) => one(block, allowed, isSecondOf(blocks, at)))
    .filter(Boolean)
    .join("\n\n");

export const written = (blocks) => all(levelled(blocks), { headings: true });
