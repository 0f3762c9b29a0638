// Runs before the first paint: the reader's own choice of theme, and whether they save data.
(function (root) {
  try {
    var theme = localStorage.getItem("theme");
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
  } catch (_) {} // no storage, no choice: the device decides
  if (navigator.connection && navigator.connection.saveData) root.dataset.saveData = "";
})(document.documentElement);
