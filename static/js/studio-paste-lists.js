// Lists that come as paragraphs, each with its depth: Word's own (mso-list), and those of Word on the web.
const MARKER = /^[\s\u00a0]*(?:([·•●○o§▪■‣–*-])|\(?([0-9٠-٩]{1,3}|[a-zA-Z]{1,4}|[أ-ي])[.)\-])[\s\u00a0]+/u;

export const ignored = (style) => style.includes("mso-list:ignore");

const latin = (digits) => digits.replace(/[٠-٩]/g, (one) => "٠١٢٣٤٥٦٧٨٩".indexOf(one));

// The mark before the words is taken out of the paragraph, and says what kind of list it is.
function markerOf(element) {
  const apart = [...element.querySelectorAll("[data-style]")].find((part) => ignored(part.dataset.style.toLowerCase().replace(/\s/g, "")));
  if (apart) {
    const text = apart.textContent;
    apart.remove();
    return MARKER.exec(`${text} `);
  }
  const walker = element.ownerDocument.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    if (!walker.currentNode.data.trim()) continue;
    const found = MARKER.exec(walker.currentNode.data);
    if (found) walker.currentNode.data = walker.currentNode.data.slice(found[0].length);
    return found;
  }
  return null;
}

// The line of a list that an element is, without its words; null where it is none.
export function itemOf(element, style) {
  const level = /mso-list:[^;]*\blevel(\d)/.exec(style)?.[1];
  if (level) {
    const number = markerOf(element)?.[2];
    return { type: "item", level: Number(level), ordered: Boolean(number), start: Number(latin(number ?? "")) || 1 };
  }
  const depth = element.localName === "li" && element.dataset.ariaLevel;
  if (!depth) return null;
  return { type: "item", level: Number(depth), ordered: element.parentElement?.localName === "ol", start: 1 };
}

// Lines beside one another become lists, the deeper ones inside those before them.
export function nested(blocks) {
  const kept = [];
  let open = []; // the lists that a line can still go into, by depth
  for (const block of blocks) {
    if (block.type !== "item") {
      kept.push(block);
      open = [];
      continue;
    }
    if (!block.blocks.length) continue;
    while (open.length && open.at(-1).level > block.level) open.pop();
    const above = open.at(-1);
    if (above && above.level === block.level && above.list.ordered === block.ordered) {
      above.list.items.push(block.blocks);
      continue;
    }
    if (above && above.level === block.level) open.pop();
    const list = { type: "list", ordered: block.ordered, start: block.start, items: [block.blocks] };
    const home = open.at(-1);
    if (home) home.list.items.at(-1).push(list);
    else kept.push(list);
    open.push({ level: block.level, list });
  }
  return kept;
}
