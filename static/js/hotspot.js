// Pressing a place in the picture chooses it without this too; with it, the page stays where it is.
for (const label of document.querySelectorAll(".marks label")) {
  label.addEventListener("click", (event) => {
    event.preventDefault();
    label.control.checked = true;
    label.control.focus({ preventScroll: true });
    label.control.dispatchEvent(new Event("change", { bubbles: true }));
  });
}
