// The preview that follows the writing. The server renders it; here it is only asked for and put into its frame.
import { onPaper, onScreen, SHEET, sheetsOf } from "./studio-paper.js";

const WAIT = 400; // milliseconds without a key before the server is asked
const BESIDE = matchMedia("(min-width: 75rem)");
const pane = document.querySelector("[data-live]");
const form = pane.closest("form");
const frame = pane.querySelector("iframe");
const place = frame.parentElement;
const says = pane.querySelector("[data-live-says]");
const login = pane.querySelector("[data-live-login]");
const toggle = form.querySelector("[data-live-toggle]");
const dark = pane.querySelector("[data-live-dark]");
const languages = [...pane.querySelectorAll("[data-live-language]")];
const widths = [...pane.querySelectorAll("[data-live-width]")];
const sheets = pane.querySelector("[data-live-sheets]");
const press = (buttons, chosen) => buttons.forEach((one) => one.setAttribute("aria-pressed", one === chosen));
const pressed = (buttons) => buttons.find((one) => one.ariaPressed === "true");

const inColumns = form.querySelector("[data-language]") !== null;
const faultsOf = (about) => document.getElementById(inColumns ? `${about}-faults` : "live-faults");
const closed = toggle.textContent;

let language = pressed(languages).dataset.liveLanguage;
let shown = null; // the language of the page in the frame
let asking = new AbortController();
let timer = 0;

// Where each language has a column of its own, only the fields of the one that is shown are sent.
function typed() {
  const sent = new URLSearchParams({ language, blank: shown === language ? "" : "1", closed: pane.hidden ? "1" : "" });
  for (const [name, value] of new FormData(form))
    if (!inColumns || name === "csrfmiddlewaretoken" || name.startsWith(`${language}-`)) sent.append(name, value);
  return sent;
}

// The same sentence again is not said again: a screen reader hears of a change only.
function say(what) {
  const words = says.dataset[what];
  if (says.textContent !== words) says.textContent = words;
  pane.dataset.state = what;
  login.hidden = what !== "over";
}

async function refresh() {
  clearTimeout(timer);
  asking.abort();
  if (pane.hidden && !inColumns) return;
  asking = new AbortController();
  const { signal } = asking;
  const about = language;
  try {
    const answer = await fetch(pane.dataset.live, { method: "POST", body: typed(), signal });
    if (signal.aborted) return;
    if (answer.status === 403 || answer.redirected) return say("over"); // the session has ended
    if (!answer.ok) throw new Error(String(answer.status));
    const { page, stale, faults, measure } = await answer.json();
    if (signal.aborted) return;
    faultsOf(about).innerHTML = faults;
    if (measure !== undefined) count(document.getElementById(`${about}-measure`), measure);
    if (pane.hidden) return;
    if (page) show(page, about);
    if (page && !stale) say("fresh");
    else say(shown === about ? "faulty" : "nothing");
  } catch {
    if (!signal.aborted) say("away");
  }
}

function soon() {
  clearTimeout(timer);
  timer = setTimeout(refresh, pane.hidden ? 2 * WAIT : WAIT);
}

// What is counted of a text; what was open of it stays open.
function count(place, html) {
  const open = [...place.querySelectorAll("details[open]")].map((part) => part.dataset.part);
  place.innerHTML = html;
  for (const part of place.querySelectorAll("details")) part.open = open.includes(part.dataset.part);
}

// In the same language only what a page shows is exchanged, so that the frame neither blinks nor scrolls.
function show(page, about) {
  const main = shown === about && frame.contentDocument?.querySelector("main");
  if (!main) {
    frame.addEventListener("load", dress, { once: true });
    frame.srcdoc = page;
    shown = about;
    return;
  }
  const top = frame.contentWindow.scrollY;
  const fresh = new DOMParser().parseFromString(page, "text/html").querySelector("main");
  main.replaceWith(frame.contentDocument.adoptNode(fresh));
  if (printed()) fit();
  frame.contentWindow.scrollTo(0, top);
}

function dress() {
  const page = frame.contentDocument;
  page.documentElement.dataset.theme = dark.ariaPressed === "true" ? "dark" : "light";
  page.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (link && !link.getAttribute("href").startsWith("#")) event.preventDefault(); // a preview leads nowhere
  });
  if (printed()) fit();
}

const printed = () => pressed(widths).dataset.liveWidth === "print";

// A page wider than its place is drawn smaller.
function fit() {
  pane.classList.toggle("studio-live-paper", printed());
  if (sheets) sheets.hidden = !printed();
  place.tabIndex = printed() ? 0 : -1; // sheets are scrolled, with the keyboard too
  if (printed()) return lay();
  if (frame.contentDocument?.body) onScreen(frame.contentDocument);
  const width = Number(pressed(widths).dataset.liveWidth);
  const scale = Math.min(1, place.clientWidth / width);
  Object.assign(frame.style, { width: `${width}px`, height: `${place.clientHeight / scale}px` });
  frame.style.transform = scale < 1 ? `scale(${scale})` : "";
}

// As many sheets as the page fills, one below the other; the place around them is what scrolls.
function lay() {
  const page = frame.contentDocument;
  const scale = Math.min(1, place.clientWidth / SHEET.width);
  Object.assign(frame.style, { width: `${SHEET.width}px`, transform: scale < 1 ? `scale(${scale})` : "" });
  if (!page?.body) return;
  onPaper(page);
  const count = sheetsOf(frame);
  frame.style.height = `calc(${count * SHEET.text}px + 32mm)`;
  const words = sheets.dataset.liveSheets.replace("{count}", count.toLocaleString(document.documentElement.lang));
  if (sheets.textContent !== words) sheets.textContent = words;
}

function open(yes) {
  pane.hidden = !yes;
  toggle.setAttribute("aria-expanded", yes);
  toggle.textContent = yes ? toggle.dataset.liveToggle : closed;
  if (!yes) return;
  fit();
  refresh();
}

function speak(chosen) {
  if (chosen === language) return;
  language = chosen;
  press(languages, languages.find((one) => one.dataset.liveLanguage === chosen));
}

for (const one of languages)
  one.onclick = () => {
    speak(one.dataset.liveLanguage);
    refresh();
  };
for (const one of widths)
  one.onclick = () => {
    press(widths, one);
    pane.classList.toggle("studio-live-desk", one !== widths[0]);
    fit();
    if (BESIDE.matches) pane.scrollIntoView({ block: "nearest" });
  };
dark.onclick = () => {
  dark.ariaPressed = String(dark.ariaPressed !== "true");
  if (frame.contentDocument) frame.contentDocument.documentElement.dataset.theme = dark.ariaPressed === "true" ? "dark" : "light";
};
toggle.onclick = () => {
  open(pane.hidden);
  if (!pane.hidden && !BESIDE.matches) pane.scrollIntoView({ block: "start" });
};
form.addEventListener("input", (event) => {
  const column = event.target.closest("[data-language]");
  if (inColumns && !column) return;
  const about = column ? column.dataset.language : event.target.lang;
  if (languages.some((one) => one.dataset.liveLanguage === about)) speak(about);
  soon();
});
new ResizeObserver(fit).observe(place);

const theme = document.documentElement.dataset.theme;
dark.ariaPressed = String(theme ? theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches);
open(BESIDE.matches);
