// Rows of a list and of a table: exchanges as in studio-edits.js.
import { END, HERE, inline, lineEnd, lineStart } from "./studio-edits.js";

// Enter at the end of a point begins the next one; in an empty point it ends the list. Null: an ordinary line.
export function nextPoint(text, start, end) {
  const from = lineStart(text, start);
  const line = text.slice(from, start);
  const found = /^(\s*)(?:([-*+])|(\d{1,9})([.)]))([ \t]+)(.*)$/.exec(line);
  if (!found || start !== end || text.slice(start, lineEnd(text, start)).trim()) return null;
  const [, indent, bullet, number, point, space, words] = found;
  if (!words.trim()) return { from, to: start, text: "", start: from, end: from };
  const said = `\n${indent}${bullet ?? `${Number(number) + 1}${point}`}${space}`;
  return inline(text, start, end, said);
}

// An empty table, its first cell selected.
export function table(rows, columns) {
  const line = (words) => `| ${Array(columns).fill(words).join(" | ")} |`;
  const head = line("…").replace("…", `${HERE}…${END}`);
  return [head, line("---"), ...Array(rows).fill(line("…"))].join("\n");
}
