// The voice of a lesson: how fast it reads and how far it came are remembered on this device, nowhere else.
const box = document.querySelector("[data-narration]");
const voice = box.querySelector("audio");
const speed = box.querySelector("select");
const key = voice.getAttribute("src");
const kept = (name) => {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
};
const keep = (name, value) => {
  try {
    localStorage.setItem(name, value);
  } catch {
    // forbidden: then nothing is remembered
  }
};
const set = () => (voice.defaultPlaybackRate = voice.playbackRate = speed.value);
if ([...speed.options].some(({ value }) => value === kept("speed"))) speed.value = kept("speed");
set();
speed.onchange = () => {
  set();
  keep("speed", speed.value);
};
voice.currentTime = Number(kept(key)) || 0;
voice.onpause = () => keep(key, voice.ended ? 0 : Math.max(0, voice.currentTime - 2));
addEventListener("pagehide", () => voice.paused || voice.onpause());
