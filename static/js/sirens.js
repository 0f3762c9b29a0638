// Plays the rhythm of a siren when asked: a made-up tone, quiet, for twelve seconds at most. The first time it warns.
const LONGEST = 12;
const VOLUME = 0.12;
const HIGH = 480;
const DEEP = 170;
const SOFT = 0.03; // seconds in which a tone comes and goes, so that nothing clicks
const dialog = document.querySelector(".siren-ask");
let playing = null;
let warned = false;

function stop() {
  if (!playing) return;
  const { sound, button, timer } = playing;
  playing = null;
  clearTimeout(timer);
  sound.close();
  button.lastElementChild.textContent = button.dataset.play;
}

// Long tones and pauses are shortened alike, so that twelve seconds hold a few of them.
function rhythmOf(button) {
  const [shape, ...numbers] = button.dataset.siren.split(",");
  const [on, off, times] = numbers.map(Number);
  const pace = shape === "wave" || on + off <= LONGEST / 2 ? 1 : LONGEST / 3 / (on + off);
  return { shape, on: on * pace, off: off * pace, times };
}

function play(button) {
  const sound = new AudioContext();
  const tone = sound.createOscillator();
  const volume = sound.createGain();
  const { shape, on, off, times } = rhythmOf(button);
  const start = sound.currentTime + 0.1;
  let at = start;
  tone.type = "triangle";
  tone.frequency.value = shape === "low" ? DEEP : HIGH;
  volume.gain.value = 0;
  for (let turn = 0; turn < times && at - start < LONGEST; turn++) {
    const end = Math.min(at + on, start + LONGEST);
    if (shape === "wave") {
      tone.frequency.setValueAtTime(HIGH * 0.6, at);
      tone.frequency.linearRampToValueAtTime(HIGH * 1.2, at + on / 2);
      tone.frequency.linearRampToValueAtTime(HIGH * 0.6, at + on);
    }
    volume.gain.setTargetAtTime(VOLUME, at, SOFT);
    if (off || turn === times - 1 || end === start + LONGEST) volume.gain.setTargetAtTime(0, end - SOFT, SOFT);
    at = end + off;
  }
  tone.connect(volume).connect(sound.destination);
  tone.start(start);
  tone.stop(at + 0.2);
  playing = { sound, button, timer: setTimeout(stop, 1000 * (at - start + 0.5)) };
  button.dataset.play ||= button.lastElementChild.textContent;
  button.lastElementChild.textContent = button.dataset.stop;
}

function ask(button) {
  if (warned) return play(button);
  dialog.onclose = () => {
    if (dialog.returnValue !== "play") return;
    warned = true;
    play(button);
  };
  dialog.returnValue = "";
  dialog.showModal();
}

if (window.AudioContext && dialog?.showModal) {
  for (const button of document.querySelectorAll("[data-siren]")) {
    button.hidden = false;
    button.onclick = () => {
      const again = playing?.button === button;
      stop();
      if (!again) ask(button);
    };
  }
  addEventListener("pagehide", stop);
  addEventListener("keydown", (event) => event.key === "Escape" && stop());
}
