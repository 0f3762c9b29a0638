// What is typed into a page of which the portal keeps no copy: this tab keeps it until it is saved, and offers it.
const form = document.querySelector("form[data-kept]");
const offer = form.querySelector("[data-kept-offer]");
const key = `kept:${location.pathname}`;
const KINDS = ["textarea", "select", "input[type=text]", "input[type=number]", "input[type=radio]", "input[type=checkbox]"];
const fields = [...form.querySelectorAll(KINDS.map((kind) => `${form.dataset.kept} ${kind}`).join())].filter(
  (field) => !field.readOnly,
);
const isMark = (field) => field.type === "radio" || field.type === "checkbox";
const nameOf = (field) => (isMark(field) ? `${field.name}=${field.value}` : field.name);
const saidIn = (field) => (isMark(field) ? String(field.checked) : field.value);
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
    sessionStorage.setItem(key, JSON.stringify(Object.fromEntries(fields.map((field) => [nameOf(field), saidIn(field)]))));
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
const lost = fields.filter((field) => nameOf(field) in words && even(words[nameOf(field)]) !== even(saidIn(field)));
if (lost.length) offer.hidden = false;
else forget();

offer.querySelector("[data-kept-restore]").onclick = () => {
  for (const field of lost) {
    const said = words[nameOf(field)];
    if (isMark(field)) field.checked = said === "true";
    else field.value = said;
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
