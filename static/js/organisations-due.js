// The last day that the chosen course proposes is put into its field, as long as nobody has written another one there.
const form = document.querySelector("[data-due-form]");

if (form) {
  const { course, due_on: due } = form.elements;
  const says = form.querySelector("[data-due-says]");
  let put = due.value && due.value === proposed() ? due.value : "";

  course.onchange = () => {
    if (due.value !== put) return; // somebody chose a day of their own
    put = due.value = proposed();
    says.textContent = put ? says.dataset.dueSays : "";
  };

  function proposed() {
    return course.selectedOptions[0]?.dataset.due ?? "";
  }
}
