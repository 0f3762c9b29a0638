// Records with the microphone where the browser can, and lets a chosen file be heard before it is sent.
const form = document.querySelector("[data-recording]");
const file = form.querySelector("input[type=file]");
const heard = form.querySelector("[data-heard]");
const recorder = form.querySelector("[data-recorder]");
const button = recorder.querySelector("[data-record]");
const says = recorder.querySelector("[data-recorder-says]");
const record = button.textContent;
const LONGEST = 30 * 60 * 1000;
const FORMS = [
  ["audio/webm;codecs=opus", "webm"],
  ["audio/ogg;codecs=opus", "ogg"],
  ["audio/mp4", "m4a"],
];
const best = window.MediaRecorder && FORMS.find(([type]) => MediaRecorder.isTypeSupported(type));
let running = null;
let unsaved = false;

function clock(milliseconds) {
  const seconds = Math.round(milliseconds / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

function say(words, milliseconds = 0) {
  says.textContent = words.replace("{time}", clock(milliseconds));
}

function hear() {
  URL.revokeObjectURL(heard.src);
  const [chosen] = file.files;
  heard.hidden = !chosen;
  if (chosen) heard.src = URL.createObjectURL(chosen);
}

function take(pieces, begun) {
  const [type, ending] = best;
  const chosen = new DataTransfer();
  chosen.items.add(new File(pieces, `voice.${ending}`, { type: type.split(";")[0] }));
  file.files = chosen.files;
  unsaved = true;
  hear();
  say(recorder.dataset.done, Date.now() - begun);
  heard.focus();
}

async function start() {
  let stream;
  try {
    stream = await navigator.mediaDevices.getUserMedia({ audio: { channelCount: 1 } });
  } catch {
    say(recorder.dataset.refused);
    return;
  }
  const pieces = [];
  const begun = Date.now();
  running = new MediaRecorder(stream, { mimeType: best[0], audioBitsPerSecond: 48000 });
  const tick = setInterval(() => {
    if (Date.now() - begun > LONGEST) running.stop();
    else say(recorder.dataset.busy, Date.now() - begun);
  }, 1000);
  running.ondataavailable = ({ data }) => pieces.push(data);
  running.onstop = () => {
    clearInterval(tick);
    for (const track of stream.getTracks()) track.stop();
    running = null;
    button.textContent = record;
    recorder.classList.remove("is-recording");
    take(pieces, begun);
  };
  running.start(1000);
  button.textContent = recorder.dataset.stop;
  recorder.classList.add("is-recording");
  say(recorder.dataset.busy);
}

file.addEventListener("change", hear);
form.addEventListener("submit", () => (unsaved = false));
addEventListener("beforeunload", (event) => (running || unsaved) && event.preventDefault());
if (best && navigator.mediaDevices) {
  recorder.hidden = false;
  button.onclick = () => (running ? running.stop() : start());
}
