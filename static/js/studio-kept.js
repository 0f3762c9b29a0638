// What is typed survives a lost page: this tab keeps it until it is saved, and offers it when it was not.
const form = document.querySelector("form[data-kept]");
const offer = form.querySelector("[data-kept-offer]");
const key = `kept:${location.pathname}`;
const fields = [...form.querySelectorAll("[data-language] textarea, [data-language] input[type=text]")].filter(
  (field) => !field.readOnly,
);
const even = (words) => words.replace(/\s+/g, " ").trim();

function kept() {
  try {
    return JSON.parse(sessionStorage.getItem(key)) || {};
  } catch {
    return {}; // no storage, nothing kept
  }
}

function keep() {
  try {
    sessionStorage.setItem(key, JSON.stringify(Object.fromEntries(fields.map((field) => [field.name, field.value]))));
  } catch {
    // full or forbidden: the page works without
  }
}

function forget() {
  offer.hidden = true;
  try {
    sessionStorage.removeItem(key);
  } catch {
    // nothing was kept either
  }
}

const words = kept();
const lost = fields.filter((field) => field.name in words && even(words[field.name]) !== even(field.value));
if (lost.length) offer.hidden = false;
else forget();

offer.querySelector("[data-kept-restore]").onclick = () => {
  for (const field of lost) {
    field.value = words[field.name];
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  offer.hidden = true;
  lost[0].focus();
};
offer.querySelector("[data-kept-drop]").onclick = () => {
  forget();
  fields[0].focus();
};

let timer = 0;
form.addEventListener("input", () => {
  offer.hidden = true; // who types on has decided
  clearTimeout(timer);
  timer = setTimeout(keep, 250);
});
addEventListener("pagehide", () => {
  if (timer) keep();
});
