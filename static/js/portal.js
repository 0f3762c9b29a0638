// Everything here is an extra: each page works without it.
const root = document.documentElement;
const all = (selector) => document.querySelectorAll(selector);

// The theme: as the device says, light, dark.
function showTheme() {
  const chosen = root.dataset.theme || "auto";
  for (const button of all("[data-theme-set]")) button.setAttribute("aria-pressed", button.dataset.themeSet === chosen);
  const card = getComputedStyle(root).getPropertyValue("--card").trim();
  for (const meta of all("meta[name=theme-color]")) meta.content = card;
}

function keepHere(theme) {
  try {
    if (theme === "auto") localStorage.removeItem("theme");
    else localStorage.setItem("theme", theme);
  } catch {
    // a browser without storage keeps the choice for this page
  }
}

// The account keeps the choice for every device; this browser's own would stand in its way.
function keepForPerson(form, theme) {
  keepHere("auto");
  const body = new FormData(form);
  body.set("theme", theme);
  fetch(form.action, { method: "POST", body, redirect: "manual", keepalive: true })
    .then((answer) => answer.type === "opaqueredirect" || keepHere(theme)) // what is kept is answered elsewhere
    .catch(() => keepHere(theme));
}

function setTheme(theme, form) {
  if (theme === "auto") delete root.dataset.theme;
  else root.dataset.theme = theme;
  if (form) keepForPerson(form, theme);
  else keepHere(theme);
  showTheme();
}

for (const part of all("[data-needs-js]")) part.hidden = false;
for (const button of all("[data-theme-set]")) 
  button.onclick = (event) => {
    event.preventDefault();
    setTheme(button.dataset.themeSet, button.form);
  };
for (const button of all("[data-print]")) button.onclick = () => print();
showTheme();

// Menus close with Escape, and when one goes elsewhere.
const menus = all("details.menu, details.nav-toggle");
addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of menus)
    if (menu.open) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
});
addEventListener("click", (event) => {
  for (const menu of menus) {
    const panel = menu.nextElementSibling;
    const inside = menu.contains(event.target) || (panel?.matches(".nav-panel") && panel.contains(event.target));
    if (!inside) menu.open = false;
  }
});

// Titles to choose from while one types: fetched when a search field is first used.
for (const field of all("[data-suggest]"))
  field.addEventListener("focus", () => import(field.dataset.suggest).then((search) => search.suggest(field)), { once: true });

// A word that is explained at the end of a lesson: its explanation comes to it, where the browser can do that.
const explained = document.querySelector("[data-close]");
if (explained?.showPopover) {
  const [tip, close] = ["div", "button"].map((name) => document.createElement(name));
  const words = document.createElement("dl");
  const { lang, dir } = explained.querySelector("dl");
  if (lang) Object.assign(words, { lang, dir }); // of a lesson that is in another language than its page
  Object.assign(tip, { className: "tip", popover: "auto", tabIndex: -1, role: "dialog" });
  Object.assign(close, { className: "btn btn-sm btn-outline-secondary", textContent: explained.dataset.close, onclick: () => tip.hidePopover() });
  tip.append(words, close);
  explained.append(tip);
  addEventListener("click", (event) => {
    const word = event.target.closest(".word");
    if (!word || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    words.innerHTML = document.getElementById(word.hash.slice(1)).innerHTML;
    tip.ariaLabel = word.textContent;
    word.focus();
    tip.showPopover();
    const [at, size] = [word.getBoundingClientRect(), tip.getBoundingClientRect()];
    const above = at.bottom + size.height + 90 > innerHeight && at.top > size.height;
    tip.style.top = `${scrollY + (above ? at.top - size.height - 6 : at.bottom + 6)}px`;
    const start = root.dir === "rtl" ? at.right - size.width : at.left;
    tip.style.left = `${Math.max(16, Math.min(start, root.clientWidth - size.width - 16))}px`;
    tip.focus({ preventScroll: true });
  });
}

// A form is sent once. Its button stays enabled, so that its name is sent with it.
const sent = new Set();
addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post") return;
  if (sent.has(form)) return event.preventDefault();
  sent.add(form);
  event.submitter?.setAttribute("aria-disabled", "true");
});
addEventListener("pageshow", (event) => {
  if (event.persisted && sent.size) location.reload(); // back to a page that was sent already: ask for it anew
});

// What a page is about to say first: the feedback, or what is wrong with the form.
document.querySelector("[data-focus]")?.focus();

// The clock of a timed quiz: two quiet announcements; at the end what is chosen is sent, and then the server closes it.
const clock = document.querySelector("[data-seconds-left]");
if (clock) {
  const LATE = 31_000; // a little more than the grace that the server gives
  const end = Date.now() + 1000 * clock.dataset.secondsLeft;
  const label = document.querySelector("[data-clock-label]");
  const said = document.querySelector("[data-clock-says]");
  const form = document.querySelector("form[data-answer]");
  const warnings = new Map([[30, said.dataset.at30], [10, said.dataset.at10]]);

  const show = (left) => {
    label.textContent = left > 0 ? label.dataset.clockLabel : label.dataset.clockOver;
    clock.textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
    for (const [at, words] of warnings)
      if (left <= at && left > 0) {
        warnings.delete(at);
        said.textContent = words;
      }
  };
  const tick = () => {
    const left = Math.max(0, Math.round((end - Date.now()) / 1000));
    show(left);
    if (left > 0) return setTimeout(tick, 1000);
    setTimeout(() => location.reload(), LATE);
    const chosen = form && [...new FormData(form)].some(([name, value]) => name.startsWith("answer") && value);
    if (chosen && clock.dataset.secondsLeft > 0) form.requestSubmit();
  };
  tick();
}
