// Lines moved by their buttons or dragged by their handles; without this script each button sends the whole form.
const form = document.querySelector("[data-syllabus-form]");
const list = form.querySelector("[data-syllabus]");
const says = form.querySelector("[data-syllabus-says]");
const unsaved = form.querySelector("[data-syllabus-unsaved]");
const lines = () => [...list.querySelectorAll("[data-line]")];
const moduleOf = (line) => line.parentElement.closest("[data-line]");
const lessonsOf = (module) => module.querySelector("[data-lessons]");

// Where a line goes one place up or down: a lesson also into the module beside its own. Undefined at an end.
function place(line, by) {
  const [side, end] = by < 0 ? ["previousElementSibling", "append"] : ["nextElementSibling", "prepend"];
  const beside = line[side];
  if (beside) return () => beside[by < 0 ? "before" : "after"](line);
  const next = moduleOf(line)?.[side];
  return next && (() => lessonsOf(next)[end](line));
}

function show() {
  for (const line of lines()) {
    for (const button of line.querySelectorAll("[data-move]")) {
      if (button.closest("[data-line]") === line) button.setAttribute("aria-disabled", !place(line, +button.dataset.move));
    }
  }
}

function move(line, by) {
  const go = place(line, by);
  const held = document.activeElement;
  go?.();
  if (line.contains(held)) held.focus({ preventScroll: true });
  if (!go) return false;
  unsaved.hidden = false;
  show();
  return true;
}

function say(line) {
  const module = moduleOf(line);
  const among = [...line.parentElement.children];
  says.textContent = list.dataset.says
    .replace("{name}", line.dataset.name)
    .replace("{place}", among.indexOf(line) + 1)
    .replace("{total}", among.length)
    .replace("{module}", module ? module.dataset.name : "")
    .replace(/[,،]\s*\.$/, ".");
}

list.addEventListener("click", (event) => {
  const button = event.target.closest("[data-move]");
  if (!button) return;
  event.preventDefault();
  const line = button.closest("[data-line]");
  if (!move(line, +button.dataset.move)) return;
  line.scrollIntoView({ block: "nearest" });
  say(line);
});

const middle = (element) => {
  const { top, height } = element.getBoundingClientRect();
  return top + height / 2;
};

// The height that a dragged line must pass to go one place further.
function border(line, by) {
  const beside = by < 0 ? line.previousElementSibling : line.nextElementSibling;
  if (beside) return middle(beside);
  const module = moduleOf(line);
  const next = by < 0 ? module?.previousElementSibling : module?.nextElementSibling;
  if (!next) return by * Infinity;
  return by < 0 ? middle(module.firstElementChild.nextElementSibling) : middle(next.querySelector(".syllabus-head"));
}

let dragged = null;

list.addEventListener("pointerdown", (event) => {
  if (event.button || !event.target.closest("[data-grip]") || event.target.closest("fieldset:disabled")) return;
  event.preventDefault();
  dragged = event.target.closest("[data-line]");
  dragged.classList.add("is-dragged");
  list.setPointerCapture(event.pointerId);
});
list.addEventListener("pointermove", ({ clientY }) => {
  if (!dragged) return;
  for (let left = lines().length; left; left--) {
    if (clientY < border(dragged, -1)) move(dragged, -1);
    else if (clientY > border(dragged, 1)) move(dragged, 1);
    else break;
  }
  if (clientY < 80) scrollBy(0, -16);
  else if (clientY > innerHeight - 80) scrollBy(0, 16);
});
list.addEventListener("lostpointercapture", () => {
  if (!dragged) return;
  dragged.classList.remove("is-dragged");
  say(dragged);
  dragged = null;
});

// Who leaves with something moved is asked; who sends the form is not.
let sending = false;
form.addEventListener("submit", () => (sending = true));
addEventListener("pageshow", () => (sending = false));
addEventListener("beforeunload", (event) => {
  if (!sending && unsaved && !unsaved.hidden) event.preventDefault();
});

if (unsaved) {
  list.classList.add("is-draggable");
  show();
}
