// A box under each password that shows what is typed.
for (const field of document.querySelectorAll("input[type=password][data-shows]")) {
  const [row, box, label] = ["div", "input", "label"].map((name) => document.createElement(name));
  Object.assign(row, { className: "form-check" });
  Object.assign(box, { type: "checkbox", className: "form-check-input", id: `${field.id}-shown` });
  Object.assign(label, { className: "form-check-label", htmlFor: box.id, textContent: field.dataset.shows });
  box.onchange = () => (field.type = box.checked ? "text" : "password");
  field.form.addEventListener("submit", () => (field.type = "password")); // no browser offers it again as plain text
  row.append(box, label);
  (field.closest(".mb-3") ?? field.parentElement).append(row);
}
