// A page that waits for a task shows how far it is, and comes anew when its state has changed. Without it one reloads.
const waiting = document.querySelector("[data-waiting]");

if (waiting) {
  const { waiting: address, state } = waiting.dataset;
  const bar = waiting.querySelector("progress");
  let pause = 1000;

  setTimeout(ask, pause);

  async function ask() {
    try {
      const answer = await fetch(address, { headers: { Accept: "application/json" } });
      const told = await answer.json();
      if (told.state !== state) return location.reload();
      if (bar && told.done) bar.value = told.done;
    } catch {
      pause = Math.min(pause * 2, 15000); // the network is away: ask less often
    }
    setTimeout(ask, pause);
  }
}
