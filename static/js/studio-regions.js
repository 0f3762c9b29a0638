// Places in a picture are drawn with the pointer; the fields with their numbers work without this.
const sheet = document.querySelector("[data-sheet]");
const pictures = JSON.parse(document.getElementById("sheet-pictures")?.textContent ?? "null");
const chosen = document.querySelector("select[name=picture]");
const rows = [...document.querySelectorAll("[data-region]")].map((row) => ({
  row,
  shape: row.querySelector("select"),
  place: row.querySelector("input"),
}));
const SVG = "http://www.w3.org/2000/svg";
const make = (name, attributes, ...children) => {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
};
const latin = (typed) => typed.replace(/[٠-٩۰-۹]/g, (digit) => digit.charCodeAt(0) & 15);
const numbers = (place) => (latin(place.value).match(/[0-9]+/g) ?? []).map(Number);

let current = null;
let start = null;
let surface = null;

// The outline of a row's numbers, twice: a light one under a dark one. Nothing where there are too few yet.
function outline({ shape, place }) {
  const [x, y, a, b] = numbers(place);
  const drawn = {
    rect: () => b > 0 && ["rect", { x, y, width: a, height: b }],
    circle: () => a > 0 && ["circle", { cx: x, cy: y, r: a }],
    polygon: () => b >= 0 && ["polyline", { points: numbers(place).concat(x, y).join(" ") }],
  }[shape.value]();
  return drawn ? ["mark-case", "mark-line"].map((role) => make(drawn[0], { ...drawn[1], class: role })) : [];
}

function draw() {
  const unit = pictures[chosen.value][1] / 100;
  surface.replaceChildren(
    ...rows.flatMap((one, at) => {
      const [x, y] = numbers(one.place);
      const number = make("text", { class: "mark-number", y: 1.6 }, at + 1);
      const seal = make("g", { transform: `translate(${x} ${y}) scale(${unit})` }, make("circle", { class: "mark-seal", r: 3.6 }), number);
      const lines = outline(one);
      return y >= 0 ? [make("g", { class: one === current ? "mark mark-current" : "mark" }, ...lines, seal)] : [];
    }),
  );
}

// A picture of one's own making, so that one that was just chosen shows as well.
function lay() {
  sheet.querySelector(".drawing")?.remove();
  sheet.querySelector("[data-sheet-none]")?.remove();
  const picture = pictures[chosen.value];
  sheet.querySelector("[data-sheet-how]").hidden = !picture;
  if (!picture) return;
  const [src, width, height] = picture;
  const image = Object.assign(new Image(width, height), { src, alt: "" });
  surface = make("svg", { class: "marks", viewBox: `0 0 ${width} ${height}`, "aria-hidden": "true" });
  const frame = Object.assign(document.createElement("div"), { className: "drawing is-drawn-on" });
  frame.append(image, surface);
  sheet.append(frame);
  surface.addEventListener("pointerdown", begin);
  surface.addEventListener("pointermove", pull);
  surface.addEventListener("lostpointercapture", () => (start = null));
  draw();
}

function point({ clientX, clientY }) {
  const [, width, height] = pictures[chosen.value];
  const at = new DOMPoint(clientX, clientY).matrixTransform(surface.getScreenCTM().inverse());
  return [Math.round(Math.min(Math.max(at.x, 0), width)), Math.round(Math.min(Math.max(at.y, 0), height))];
}

function write(place, values) {
  place.value = values.join(" ");
  place.dispatchEvent(new Event("input", { bubbles: true }));
}

function begin(event) {
  if (event.button) return;
  event.preventDefault();
  current ??= rows.find(({ place }) => !place.value) ?? rows[0];
  if (current.shape.value === "polygon") {
    write(current.place, [...numbers(current.place), ...point(event)]);
    return;
  }
  start = point(event);
  surface.setPointerCapture(event.pointerId);
}

function pull(event) {
  if (!start) return;
  const [[x, y], [across, down]] = [start, point(event)];
  const [width, height] = [Math.abs(across - x), Math.abs(down - y)];
  const circle = current.shape.value === "circle";
  if (!width && !height) return;
  write(current.place, circle ? [x, y, Math.round(Math.hypot(width, height))] : [Math.min(x, across), Math.min(y, down), width, height]);
}

if (sheet && pictures && chosen) {
  for (const one of rows) {
    one.row.closest(".studio-option").addEventListener("focusin", () => {
      current = one;
      if (surface) draw();
    });
    one.row.addEventListener("input", () => surface && draw());
  }
  chosen.addEventListener("change", lay);
  lay();
}
