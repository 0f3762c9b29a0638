// The rectangle of a crop is dragged, or moved with the arrow keys; the four fields work without this.
const form = document.querySelector("[data-crop]");
const place = form.querySelector(".crop-place");
const box = form.querySelector("[data-crop-box]");
const says = form.querySelector("[data-crop-says]");
const shapes = [...form.querySelectorAll("[data-crop-shape]")];
const fields = Object.fromEntries(["left", "top", "width", "height"].map((name) => [name, form.querySelector(`[name=${name}]`)]));
const WHOLE = { width: Number(form.dataset.width), height: Number(form.dataset.height) };
const SMALLEST = Math.min(Number(form.dataset.smallest), WHOLE.width, WHOLE.height);
const STEP = 0.01; // of the picture's width
const MOVES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const between = (low, value, high) => Math.max(low, Math.min(high, value));

let shape = 0; // width by height; 0 is any

const now = () => Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, Number(field.value) || 0]));

// As near to what was wanted as the picture and the shape allow.
function fitted({ left, top, width, height }) {
  width = between(SMALLEST, width, WHOLE.width);
  height = shape ? width / shape : between(SMALLEST, height, WHOLE.height);
  if (height > WHOLE.height) [width, height] = [WHOLE.height * shape, WHOLE.height];
  if (height < SMALLEST) [width, height] = [SMALLEST * shape, SMALLEST];
  return { left: between(0, left, WHOLE.width - width), top: between(0, top, WHOLE.height - height), width, height };
}

function set(wanted) {
  const fit = fitted(wanted);
  for (const [name, field] of Object.entries(fields)) field.value = Math.round(fit[name]);
  const { left, top, width, height } = now(); // rounding must not lead out of the picture
  fields.left.value = between(0, left, WHOLE.width - width);
  fields.top.value = between(0, top, WHOLE.height - height);
  show();
}

function show() {
  const { left, top, width, height } = now();
  box.style.setProperty("--crop-left", `${(100 * left) / WHOLE.width}%`);
  box.style.setProperty("--crop-top", `${(100 * top) / WHOLE.height}%`);
  box.style.setProperty("--crop-width", `${(100 * width) / WHOLE.width}%`);
  box.style.setProperty("--crop-height", `${(100 * height) / WHOLE.height}%`);
}

function say() {
  says.textContent = Object.entries(now()).reduce((words, [name, value]) => words.replace(`{${name}}`, value), says.dataset.cropSays);
}

// The corner that is pulled moves, the one across from it stays.
function pulled(from, corner, across, down) {
  const right = from.left + from.width;
  const bottom = from.top + from.height;
  const isWest = corner.includes("w");
  const isNorth = corner.includes("n");
  let width = between(SMALLEST, from.width + (isWest ? -across : across), isWest ? right : WHOLE.width - from.left);
  let height = between(SMALLEST, from.height + (isNorth ? -down : down), isNorth ? bottom : WHOLE.height - from.top);
  if (shape) {
    width = Math.min(width, (isNorth ? bottom : WHOLE.height - from.top) * shape);
    height = width / shape;
  }
  return { left: isWest ? right - width : from.left, top: isNorth ? bottom - height : from.top, width, height };
}

box.onpointerdown = (event) => {
  const from = now();
  const corner = event.target.dataset.cropHandle;
  const scale = WHOLE.width / place.clientWidth;
  const [x, y] = [event.clientX, event.clientY];
  box.setPointerCapture(event.pointerId);
  box.onpointermove = (moved) => {
    const across = (moved.clientX - x) * scale;
    const down = (moved.clientY - y) * scale;
    set(corner ? pulled(from, corner, across, down) : { ...from, left: from.left + across, top: from.top + down });
  };
};
box.onpointerup = box.onpointercancel = () => {
  box.onpointermove = null;
  say();
};
box.onkeydown = (event) => {
  const move = MOVES[event.key];
  if (!move) return;
  event.preventDefault();
  const step = Math.max(1, Math.round(STEP * WHOLE.width));
  const [across, down] = move.map((direction) => direction * step);
  const from = now();
  if (!event.shiftKey) set({ ...from, left: from.left + across, top: from.top + down });
  else set(shape ? { ...from, width: from.width + (across || down) } : { ...from, width: from.width + across, height: from.height + down });
  say();
};
for (const button of shapes)
  button.onclick = () => {
    for (const one of shapes) one.setAttribute("aria-pressed", one === button);
    shape = Number(button.dataset.cropShape);
    set(now());
    say();
  };
form.addEventListener("input", show);
box.hidden = false;
show();
