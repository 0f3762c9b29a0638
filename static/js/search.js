// Titles to choose from while one types (ARIA combobox): the field stays an ordinary field, Enter searches as ever.
const PAUSE = 180;

export function suggest(field) {
  const list = document.createElement("ul");
  list.id = `${field.id}-titles`;
  list.className = "titles";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", field.dataset.suggestLabel);
  field.after(list);
  for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"], ["aria-controls", list.id]])
    field.setAttribute(name, value);

  let timer, asking, chosen = -1;
  const options = () => list.children;

  const open = (yes) => {
    list.hidden = !yes;
    field.setAttribute("aria-expanded", yes);
    if (!yes) choose(-1);
  };
  const choose = (at) => {
    options()[chosen]?.setAttribute("aria-selected", "false");
    chosen = at;
    const option = options()[at];
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) field.setAttribute("aria-activedescendant", option.id);
    else field.removeAttribute("aria-activedescendant");
  };
  const line = ({ title, kind, url, language }, at) => {
    const option = document.createElement("li");
    option.id = `${list.id}-${at}`;
    option.dataset.url = url;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    const words = document.createElement("bdi");
    words.lang = language;
    words.textContent = title;
    const label = document.createElement("span");
    label.textContent = kind;
    option.append(words, " ", label);
    return option;
  };
  const ask = async () => {
    asking?.abort();
    asking = new AbortController();
    const typed = field.value.trim();
    if (typed.length < 2) return open(false);
    try {
      const reply = await fetch(`${field.dataset.suggestFrom}?q=${encodeURIComponent(typed)}`, { signal: asking.signal });
      const found = reply.ok ? (await reply.json()).suggestions : [];
      list.replaceChildren(...found.map(line));
      chosen = -1;
      open(found.length > 0 && document.activeElement === field);
    } catch {
      // asked for something newer, or there is no network: the form still works
    }
  };

  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  });
  field.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const count = options().length;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && count) {
      event.preventDefault();
      const last = chosen < 0 && step < 0 ? count : chosen;
      if (list.hidden) open(true);
      choose(last + step >= count || last + step < 0 ? -1 : last + step);
    } else if (event.key === "Enter" && chosen >= 0) {
      event.preventDefault();
      location.assign(options()[chosen].dataset.url);
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      open(false);
    }
  });
  field.addEventListener("blur", () => open(false));
  list.addEventListener("pointerdown", (event) => event.preventDefault()); // the field keeps the focus
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) location.assign(option.dataset.url);
  });
  if (field.value.trim() && document.activeElement === field) ask();
}
