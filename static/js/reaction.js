// The clock of one question counts down quietly; when it is over nothing is sent and nothing is lost.
const clock = document.querySelector("[data-reaction]");
const [words, left, says] = ["words", "left", "says"].map((part) => clock.querySelector(`[data-reaction-${part}]`));
const end = Date.now() + 1000 * clock.dataset.reaction;
const warnings = new Map([[5, says.dataset.at5], [10, says.dataset.at10]]);
let before = 1 + Number(clock.dataset.reaction);

function tick() {
  const seconds = Math.max(0, Math.round((end - Date.now()) / 1000));
  // A page in the background misses seconds: each warning is due once its second is reached or passed.
  const due = [...warnings.keys()].find((at) => seconds <= at && at < before);
  before = seconds;
  left.textContent = seconds;
  left.hidden = !seconds;
  if (!seconds) {
    words.textContent = says.textContent = clock.dataset.over;
    return;
  }
  if (due) says.textContent = warnings.get(due);
  setTimeout(tick, 1000);
}
tick();
