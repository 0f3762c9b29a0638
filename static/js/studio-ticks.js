// A search over a list of boxes: what does not hold the words is put away, what is ticked stays in sight.
const plain = (words) => words.normalize("NFKD").replace(/[\u0300-\u036f\u064b-\u065f]/g, "").toLowerCase();

for (const ticks of document.querySelectorAll("[data-ticks]")) {
  const search = ticks.querySelector("[type=search]");
  const says = ticks.querySelector("[data-says]");
  const boxes = [...ticks.querySelectorAll(".form-check")];
  if (boxes.length <= 8) continue;
  search.closest("div").hidden = false;
  search.addEventListener("input", () => {
    const wanted = plain(search.value).split(/\s+/);
    let count = 0;
    for (const box of boxes) {
      const found = wanted.every((word) => plain(box.textContent).includes(word));
      count += found;
      box.hidden = !found && !box.querySelector("input").checked;
    }
    says.textContent = says.dataset.says.replace("{count}", count);
  });
  search.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
  });
}
