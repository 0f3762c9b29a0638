// What is typed is kept: at once in this browser, every few seconds at the portal, until it is saved as a draft.
import { drop, entriesOf, put } from "./studio-store.js";

const STILL = 2500; // milliseconds without a key, and then it is sent
const TYPING = 20_000; // so often at least while typing goes on; so often others are looked for too
const AGAIN = 5000; // until what could not be sent is sent again
const MACHINERY = ["csrfmiddlewaretoken", "copy-id", "tab-id", "typist-id", "place-id", "deed"];
const TROUBLE = ["away", "over", "other", "elsewhere", "large", "lost"];

const root = document.querySelector("[data-keeping]");
const form = root.closest("form");
const part = (name) => document.querySelector(`[data-${name}]`);
const says = part("keeping-says");
const hidden = (name) => form.elements.namedItem(name);
const { keeping: url, person, lesson } = root.dataset;
const key = `${person}/${lesson}/${hidden("place-id").value}`;
const tab = [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

const fields = () =>
  [...new FormData(form)]
    .filter(([name, value]) => typeof value === "string" && !MACHINERY.includes(name))
    .map(([name, value]) => [name, value.replace(/\r\n?/g, "\n")]);
const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

const given = fields();
const isCopy = part("keeping-copy") !== null;
let known = hidden("copy-id").value; // the state of the working copy that this page has seen
let count = 0;
let told = given; // what the portal has
let busy = false;
let stopped = false; // the form is on its way, or two pages write at once and somebody must decide
let there = null; // the copy of another page
let safe = true; // whether this browser keeps anything
let still = 0;
let latest = 0;
let soon = 0;

// Beside the button, and for a screen reader when something is wrong.
function say(what, at = "") {
  const words = says.dataset[!safe && TROUBLE.includes(what) ? "lost" : what].replace("{time}", at);
  if (says.textContent !== words) says.textContent = words;
  says.dataset.state = what;
  const trouble = part("keeping-trouble");
  const warning = TROUBLE.includes(what) ? words : "";
  if (trouble.textContent !== warning) trouble.textContent = warning;
  part("keeping-login").hidden = what !== "over";
}

function show(name, html) {
  if (root.querySelector(`[data-${name}]`).innerHTML.trim() !== html) root.querySelector(`[data-${name}]`).innerHTML = html;
}

// In this browser

function differing(one, other) {
  const said = (all, name) => all.filter((pair) => pair[0] === name).map(([, value]) => value.replace(/\s+/g, " ").trim());
  return [...new Set([...one, ...other].map(([name]) => name))].filter(
    (name) => !name.endsWith("-id") && !same(said(one, name), said(other, name)),
  );
}

async function keepHere() {
  clearTimeout(soon);
  soon = 0;
  const now = fields();
  try {
    if (same(now, told)) await drop(key, tab);
    else await put({ form: key, tab, count: count + !stopped, at: Date.now(), fields: now, changed: differing(given, now) });
    safe = true;
  } catch {
    safe = false; // no storage, or it is full
  }
}

// At the portal

function body(extra, what) {
  const sent = new URLSearchParams(what.filter(([, value]) => typeof value === "string"));
  for (const name of ["csrfmiddlewaretoken", "typist-id", "place-id"]) sent.append(name, hidden(name).value);
  sent.append("copy-id", known);
  for (const [name, value] of Object.entries(extra)) sent.append(name, value);
  return sent;
}

// A new token after a log-in in another tab; what is wrong, where there is none to be had.
async function renew() {
  const answer = await fetch(url, { redirect: "manual" });
  if (!answer.ok) return "over";
  const now = await answer.json();
  if (String(now.person) !== person) return "other";
  for (const input of document.getElementsByName("csrfmiddlewaretoken")) input.value = now.csrf;
  return "";
}

// {status, answer} or {trouble}; once more with a new token where the old one is not taken.
async function ask(extra, what, mayRenew = true) {
  const sent = body(extra, what);
  const keepalive = document.visibilityState === "hidden" && String(sent).length < 60_000;
  try {
    const response = await fetch(url, { method: "POST", body: sent, redirect: "manual", keepalive });
    if ([200, 409].includes(response.status)) return { status: response.status, answer: await response.json() };
    if (response.status === 413) return { trouble: "large" };
    if (response.status !== 403 && response.type !== "opaqueredirect") return { trouble: "away" };
    const trouble = mayRenew ? await renew() : "over";
    return trouble ? { trouble } : ask(extra, what, false);
  } catch {
    return { trouble: "away" };
  }
}

const look = () => ask({ look: "1", "tab-id": `${tab}.${count}` }, fields().filter(([name]) => name.endsWith("-id") && !name.endsWith("base-id")));
const marked = (what) => ({ "tab-id": `${tab}.${++count}`, ...(same(what, given) && !isCopy ? { "clean-id": "1" } : {}) });

async function send() {
  [still, latest].forEach(clearTimeout);
  still = latest = 0;
  if (busy || stopped) return;
  busy = true;
  const now = fields();
  const changed = !same(now, told);
  if (changed) say("saving");
  const { status, answer, trouble } = await (changed ? ask(marked(now), now) : look());
  busy = false;
  if (stopped) return;
  if (trouble) return failed(trouble, changed);
  heard(answer);
  if (status === 409) return await elsewhere(answer, changed);
  known = answer.mark;
  told = now;
  if (changed || TROUBLE.includes(says.dataset.state)) say(answer.at ? "saved" : "clean", answer.at);
  if (!same(fields(), now)) return wait();
  if (changed) await keepHere();
}

function failed(trouble, changed) {
  if (changed || trouble !== "away") say(trouble);
  if (changed && !still) still = setTimeout(send, AGAIN);
}

function heard({ here, newer }) {
  show("keeping-here", here);
  show("keeping-newer", newer);
}

function wait() {
  clearTimeout(still);
  still = setTimeout(send, STILL);
  latest ||= setTimeout(send, TYPING);
}

// Another page of the same person

async function elsewhere(answer, changed) {
  there = answer;
  const last = Number(sessionStorage.getItem("kept-reload")) || 0;
  if (!changed && Date.now() - last > 60_000) {
    sessionStorage.setItem("kept-reload", Date.now());
    return location.reload(); // nothing was typed here: what was typed there is shown
  }
  stopped = true;
  if (changed) say("elsewhere");
  part("keeping-elsewhere").hidden = false;
}

// The working copy is exchanged for `what`; what another page had put there stays in this browser.
async function exchange(what, own = "") {
  const { status, answer, trouble } = await look();
  if (trouble) return trouble;
  if (status === 409 && !answer.mark.startsWith(`${own}.`))
    await put({ form: key, tab: answer.mark, at: Date.now(), fields: answer.fields, changed: answer.fields.map(([name]) => name) });
  known = answer.mark;
  const done = await ask({ "tab-id": `${tab}.${++count}` }, what);
  if (done.status !== 200) return done.trouble || "elsewhere";
  known = done.answer.mark;
  return "";
}

part("keeping-load").onclick = async () => {
  stopped = true;
  await keepHere();
  location.reload();
};
part("keeping-take").onclick = async () => {
  const trouble = await exchange(fields()).catch(() => "lost");
  if (trouble) return say(trouble);
  stopped = false;
  part("keeping-elsewhere").hidden = true;
  form.querySelector("textarea, input:not([type=hidden])").focus();
  send();
};

// What this browser has kept and the page does not show

async function offer() {
  const now = fields();
  const lost = [];
  for (const entry of await entriesOf(key)) {
    if (entry.tab === tab) continue;
    const [, seen, times] = known.match(/^(.*)\.(\d+)$/) || [];
    const arrived = entry.tab === seen && entry.count <= Number(times);
    if (!arrived && differing(entry.fields, now).some((name) => entry.changed.includes(name))) lost.push(entry);
    else await drop(key, entry.tab);
  }
  part("kept-offer").hidden = !lost.length;
  if (!lost.length) return;
  const [entry] = lost;
  part("kept-at").textContent = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" }).format(entry.at);
  part("kept-restore").onclick = () => restore(entry);
  part("kept-drop").onclick = async () => {
    await drop(key, entry.tab);
    await offer();
    form.querySelector("textarea, input:not([type=hidden])").focus();
  };
}

async function restore(entry) {
  const now = fields();
  if (isCopy || !same(now, given))
    await put({ form: key, tab: `${tab}-before`, at: Date.now(), fields: now, changed: differing(now, entry.fields) });
  const trouble = await exchange(entry.fields, entry.tab);
  if (trouble) return say(trouble);
  stopped = true;
  await drop(key, entry.tab);
  await drop(key, tab);
  location.reload();
}

form.addEventListener("input", () => {
  clearTimeout(soon);
  soon = setTimeout(keepHere, 250);
  if (!stopped) wait();
});
form.addEventListener("submit", (event) => {
  if (!navigator.onLine) {
    event.preventDefault();
    event.stopImmediatePropagation();
    keepHere();
    return say("away");
  }
  stopped = true;
  [still, latest].forEach(clearTimeout);
  hidden("copy-id").value = known;
  hidden("tab-id").value = `${tab}.${++count}`;
  if (event.submitter && "keepingDrop" in event.submitter.dataset) drop(key, tab);
  else keepHere();
});
addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden" && soon) keepHere();
  send();
});
addEventListener("pagehide", () => {
  if (soon) keepHere();
});
addEventListener("online", send);
addEventListener("focus", () => TROUBLE.includes(says.dataset.state) && send());
addEventListener("beforeunload", (event) => {
  if (!safe && !stopped && !same(fields(), told)) event.preventDefault();
});
setInterval(() => document.visibilityState === "visible" && send(), TYPING);
offer().catch(() => (safe = false));
send();
