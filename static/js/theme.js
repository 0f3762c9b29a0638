// Runs before the first paint: this browser's theme where no account has one, and whether the reader saves data.
(function (root) {
  try {
    var theme = localStorage.getItem("theme");
    if (!root.dataset.theme && (theme === "light" || theme === "dark")) root.dataset.theme = theme;
  } catch (_) {} // no storage, no choice: the device decides
  if (navigator.connection && navigator.connection.saveData) root.dataset.saveData = "";
})(document.documentElement);
