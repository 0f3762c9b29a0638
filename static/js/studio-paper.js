// The preview as it is printed: the page's own rules for paper, on a sheet of A4, at 96 points an inch.
export const SHEET = { width: 794, text: 1002 }; // 210 mm, and 297 mm less the margins above and below
const ENDS = `#fff repeating-linear-gradient(transparent 0 ${SHEET.text - 1}px, #9aa5b8 ${SHEET.text - 1}px ${SHEET.text}px)`;
const kept = new WeakMap(); // what a rule held for before

function rulesOf(page, each) {
  const go = (rules) => {
    for (const rule of rules) {
      if (rule instanceof page.defaultView.CSSMediaRule) each(rule);
      if (rule.cssRules) go(rule.cssRules);
    }
  };
  for (const sheet of page.styleSheets) go(sheet.cssRules);
}

export function onPaper(page) {
  rulesOf(page, (rule) => {
    const media = kept.get(rule) ?? rule.media.mediaText;
    kept.set(rule, media);
    if (/\bprint\b/.test(media)) rule.media.mediaText = "all";
    else if (/\bscreen\b/.test(media)) rule.media.mediaText = "not all";
  });
  page.documentElement.style.background = ENDS;
  page.body.style.background = "transparent";
}

export function onScreen(page) {
  rulesOf(page, (rule) => {
    if (kept.has(rule)) rule.media.mediaText = kept.get(rule);
  });
  page.documentElement.style.background = page.body.style.background = "";
  for (const one of page.querySelectorAll("[data-turned]")) one.style.marginBlockStart = "";
}

// What must not be torn apart begins on the next sheet, as the printer will have it.
function turn(page) {
  for (const one of page.querySelectorAll("[data-turned]")) {
    one.style.marginBlockStart = "";
    one.removeAttribute("data-turned");
  }
  for (const one of page.querySelectorAll("main *")) {
    const { breakInside, marginBlockStart } = page.defaultView.getComputedStyle(one);
    if (breakInside !== "avoid" || one.parentElement.closest("[data-turned]")) continue;
    const { top, bottom, height } = one.getBoundingClientRect();
    const onward = Math.ceil(top / SHEET.text) * SHEET.text;
    if (height >= SHEET.text || bottom <= onward || onward === top) continue;
    one.dataset.turned = "";
    const margin = parseFloat(marginBlockStart) + onward - top;
    one.style.marginBlockStart = `${margin}px`;
    const short = onward - one.getBoundingClientRect().top; // by as much as the margin before it took in
    if (short > 0) one.style.marginBlockStart = `${margin + short}px`;
  }
}

// How many sheets the page fills; its frame must be as wide as the sheet's text already.
export function sheetsOf(frame) {
  frame.style.height = "0";
  turn(frame.contentDocument);
  return Math.max(1, Math.ceil((frame.contentDocument.documentElement.scrollHeight - 2) / SHEET.text));
}
