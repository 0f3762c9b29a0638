// The focus of a picture is set by pressing the picture or with the arrow keys; the two fields work without this.
const STEP = 5;
const MOVES = { ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, -STEP], ArrowDown: [0, STEP] };
const within = (value) => Math.max(0, Math.min(100, Math.round(value)));

for (const picture of document.querySelectorAll("[data-focus]")) {
  const pick = picture.querySelector("[data-focus-pick]");
  const [x, y] = picture.querySelectorAll("input");
  const says = picture.querySelector("[data-focus-says]");
  const follows = picture.querySelectorAll(".focus-dot, .focus-wide, .focus-square");

  const show = () => {
    for (const part of follows) {
      part.style.setProperty("--focus-x", `${within(x.value)}%`);
      part.style.setProperty("--focus-y", `${within(y.value)}%`);
    }
  };
  const move = (across, down) => {
    x.value = within(across);
    y.value = within(down);
    says.textContent = says.dataset.focusSays.replace("{x}", x.value).replace("{y}", y.value);
    x.dispatchEvent(new Event("input", { bubbles: true }));
  };

  pick.hidden = false;
  pick.onclick = (event) => {
    if (!event.detail) return; // Enter or the space bar: no place was pressed
    const box = pick.getBoundingClientRect();
    move((100 * (event.clientX - box.left)) / box.width, (100 * (event.clientY - box.top)) / box.height);
  };
  pick.onkeydown = (event) => {
    const step = MOVES[event.key];
    if (!step) return;
    event.preventDefault();
    move(Number(x.value) + step[0], Number(y.value) + step[1]);
  };
  picture.addEventListener("input", show);
}
