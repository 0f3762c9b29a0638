// What is typed is kept: at once in this browser, every few seconds at the portal, until it is saved as a draft.
import { sending } from "./studio-sending.js";
import { drop, entriesOf, put, putAtOnce } from "./studio-store.js";

const STILL = 2500; // milliseconds without a key, and then it is sent
const TYPING = 20_000; // so often at least while typing goes on; so often others are looked for too
const AGAIN = 5000; // until what could not be sent is sent again
const MACHINERY = ["csrfmiddlewaretoken", "copy-id", "tab-id", "typist-id", "place-id", "deed", "then"];
const TROUBLE = ["away", "over", "other", "elsewhere", "large", "lost"];

const root = document.querySelector("[data-keeping]");
const form = root.closest("form");
const part = (name) => document.querySelector(`[data-${name}]`);
const says = part("keeping-says");
const hidden = (name) => form.elements.namedItem(name);
const { keeping: url, person, lesson } = root.dataset;
const ask = sending(form, url, person);
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
let safe = true; // whether this browser keeps anything
let [still, latest] = [0, 0]; // timers
let [writing, more] = [null, false]; // into this browser

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

const show = (name, html) => part(name).innerHTML.trim() !== html && (part(name).innerHTML = html);

// In this browser

function differing(one, other) {
  const said = (all, name) => all.filter((pair) => pair[0] === name).map(([, value]) => value.replace(/\s+/g, " ").trim());
  return [...new Set([...one, ...other].map(([name]) => name))].filter(
    (name) => !name.endsWith("-id") && !same(said(one, name), said(other, name)),
  );
}

const entry = (what, changed) => ({ form: key, tab, at: Date.now(), fields: what, changed });
const typed = (now) => ({ ...entry(now, differing(given, now)), count: count + !stopped });

// At once; what is typed while one state is being written follows it.
function keepHere() {
  if (writing) {
    more = true;
    return writing;
  }
  writing = writeHere().finally(() => {
    const again = more;
    [writing, more] = [null, false];
    if (again) return keepHere();
  });
  return writing;
}

async function writeHere() {
  const now = fields();
  try {
    if (same(now, told)) await drop(key, tab);
    else await put(typed(now));
    safe = true;
  } catch {
    safe = false; // no storage, or it is full
  }
}

// At the portal

const marks = () => fields().filter(([name]) => name.endsWith("-id") && !name.endsWith("base-id"));
const look = () => ask({ look: "1", "copy-id": known, "tab-id": `${tab}.${count}` }, marks());
const marked = (what) => ({
  "copy-id": known,
  "tab-id": `${tab}.${++count}`,
  ...(same(what, given) && !isCopy ? { "clean-id": "1" } : {}),
});

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
  brief();
}

// In the bar at the foot, for whoever has scrolled past the top of the page.
function brief() {
  const places = ["[data-keeping-elsewhere]:not([hidden]) p", "[data-keeping-newer] p", "[data-keeping-here] p"];
  const said = places.map((place) => root.querySelector(place)).find(Boolean);
  part("keeping-brief").hidden = !said;
  if (said) part("keeping-brief").textContent = said.innerText;
}

function wait() {
  clearTimeout(still);
  still = setTimeout(send, STILL);
  latest ||= setTimeout(send, TYPING);
}

// Another page of the same person

async function elsewhere(answer, changed) {
  const last = Number(sessionStorage.getItem("kept-reload")) || 0;
  if (!changed && Date.now() - last > 60_000) {
    sessionStorage.setItem("kept-reload", Date.now());
    return location.reload(); // nothing was typed here: what was typed there is shown
  }
  stopped = true;
  if (changed) say("elsewhere");
  part("keeping-elsewhere").hidden = false;
  brief();
}

// The working copy is exchanged for `what`; what another page had put there stays in this browser.
async function exchange(what, own = "") {
  const { status, answer, trouble } = await look();
  if (trouble) return trouble;
  if (status === 409 && !answer.mark.startsWith(`${own}.`))
    await put({ ...entry(answer.fields, answer.fields.map(([name]) => name)), tab: answer.mark });
  known = answer.mark;
  const done = await ask({ "copy-id": known, "tab-id": `${tab}.${++count}` }, what);
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
  brief();
  form.querySelector("textarea, input:not([type=hidden])").focus();
  send();
};

// What this browser has kept and the page does not show

async function offer() {
  const now = fields();
  const lost = [];
  const [, seen, times] = known.match(/^(.*)\.(\d+)$/) || [];
  for (const one of await entriesOf(key)) {
    if (one.tab === tab) continue;
    const arrived = one.tab === seen && one.count <= Number(times);
    if (!arrived && differing(one.fields, now).some((name) => one.changed.includes(name))) lost.push(one);
    else await drop(key, one.tab);
  }
  part("kept-offer").hidden = !lost.length;
  if (!lost.length) return;
  const [newest] = lost;
  const moment = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" });
  part("kept-at").textContent = moment.format(newest.at);
  part("kept-restore").onclick = () => restore(newest);
  part("kept-drop").onclick = async () => {
    await drop(key, newest.tab);
    await offer();
    form.querySelector("textarea, input:not([type=hidden])").focus();
  };
}

async function restore(kept) {
  const now = fields();
  if (isCopy || !same(now, given))
    await put({ ...entry(now, differing(now, kept.fields)), tab: `${tab}-before` });
  const trouble = await exchange(kept.fields, kept.tab);
  if (trouble) return say(trouble);
  stopped = true;
  await drop(key, kept.tab);
  await drop(key, tab);
  location.reload();
}

form.addEventListener("input", () => {
  keepHere();
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
  if (event.submitter && "keepingDrop" in event.submitter.dataset) {
    told = fields(); // nothing of it is kept while the page goes
    drop(key, tab);
  } else keepHere();
});
addEventListener("visibilitychange", send);
addEventListener("pagehide", () => {
  const now = fields();
  if (!writing || same(now, told)) return;
  putAtOnce(typed(now)); // no time to wait for what is being written
  if (more) writeHere(); // where that is forbidden
});
addEventListener("online", send);
addEventListener("focus", () => TROUBLE.includes(says.dataset.state) && send());
addEventListener("beforeunload", (event) => {
  if (!safe && !stopped && !same(fields(), told)) event.preventDefault();
});
setInterval(() => document.visibilityState === "visible" && send(), TYPING);
brief();
offer().catch(() => (safe = false));
send();
