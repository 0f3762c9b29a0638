// Steps moved by their buttons, or dragged by their handles. The lists of places are put away, but stay what is sent.
const list = document.querySelector("[data-order]");
const says = document.querySelector("[data-order-says]");
const rows = () => [...list.children];
const place = (row) => row.querySelector("select");

function show() {
  for (const row of rows()) {
    const [up, down] = row.querySelectorAll("[data-move]");
    up.setAttribute("aria-disabled", !row.previousElementSibling);
    down.setAttribute("aria-disabled", !row.nextElementSibling);
  }
}

// The neighbour moves, so that the focus and the finger stay where they are.
function move(row, by) {
  const other = by < 0 ? row.previousElementSibling : row.nextElementSibling;
  if (other) row[by < 0 ? "after" : "before"](other);
  rows().forEach((one, at) => (place(one).value = at + 1));
  for (const fault of list.querySelectorAll(".field-error")) fault.remove();
  show();
  row.scrollIntoView({ block: "nearest" });
}

function say(row) {
  const all = rows();
  says.textContent = list.dataset.says.replace("{place}", all.indexOf(row) + 1).replace("{total}", all.length);
}

const middle = (row) => {
  const { top, height } = row.getBoundingClientRect();
  return top + height / 2;
};

let dragged = null;

list.addEventListener("pointerdown", (event) => {
  if (event.button || !event.target.closest("[data-grip]")) return;
  event.preventDefault();
  dragged = event.target.closest("li");
  dragged.classList.add("is-dragged");
  list.setPointerCapture(event.pointerId);
});
list.addEventListener("pointermove", ({ clientY }) => {
  for (let left = list.children.length; dragged && left; left--) {
    const { previousElementSibling: above, nextElementSibling: below } = dragged;
    if (above && clientY < middle(above)) move(dragged, -1);
    else if (below && clientY > middle(below)) move(dragged, 1);
    else return;
  }
});
list.addEventListener("lostpointercapture", () => {
  if (!dragged) return;
  dragged.classList.remove("is-dragged");
  say(dragged);
  dragged = null;
});
list.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-move]");
  if (!button) return;
  const row = button.closest("li");
  move(row, +button.dataset.move);
  say(row);
});

// Places that were chosen before, or that the browser has kept, become the order of the rows.
if (rows().every((row) => place(row).value)) list.append(...rows().sort((one, two) => place(one).value - place(two).value));
for (const row of rows()) {
  place(row).hidden = true;
  for (const button of row.querySelectorAll("[data-move]")) button.hidden = false;
}
list.classList.add("is-movable");
show();
