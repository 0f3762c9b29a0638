// The clock of one question counts down quietly; when it is over nothing is sent and nothing is lost.
const clock = document.querySelector("[data-reaction]");
const [words, left, says] = ["words", "left", "says"].map((part) => clock.querySelector(`[data-reaction-${part}]`));
const end = Date.now() + 1000 * clock.dataset.reaction;
const warnings = new Map([[10, says.dataset.at10], [5, says.dataset.at5]]);

function tick() {
  const seconds = Math.max(0, Math.round((end - Date.now()) / 1000));
  left.textContent = seconds;
  left.hidden = !seconds;
  if (!seconds) {
    words.textContent = says.textContent = clock.dataset.over;
    return;
  }
  if (warnings.has(seconds)) says.textContent = warnings.get(seconds);
  setTimeout(tick, 1000);
}
tick();
