// Reads the card aloud when asked, where the device has a voice for it; asked again, it stops.
const button = document.querySelector("[data-aloud]");
const card = document.querySelector(".minute");
const speech = window.speechSynthesis;
const { lang } = card.closest("[lang]");
const label = button.lastElementChild;
const read = label.textContent;
const stop = button.dataset.aloud;
const show = () => (button.hidden = !voice());
const voice = () => speech.getVoices().find((one) => one.lang.startsWith(lang));
const quiet = () => {
  speech.cancel();
  label.textContent = read;
};
button.onclick = () => {
  if (label.textContent === stop) return quiet();
  label.textContent = stop;
  let said;
  for (const line of card.querySelectorAll("h1, li")) {
    said = new SpeechSynthesisUtterance(line.textContent);
    said.voice = voice();
    said.rate = 0.9;
    speech.speak(said);
  }
  said.onend = quiet;
};
if (speech) {
  show();
  speech.onvoiceschanged = show;
  onpagehide = quiet;
}
