// A picture that is chosen is shown before it is sent. It can be dropped, or taken with the camera, as well.
const TYPES = /^image\/(jpeg|png|webp|gif|svg\+xml)$/;

// One field of a file with all around it. Without this it is the browser's own field.
function dress(place) {
  const field = place.querySelector("input[type=file]");
  const preview = place.querySelector("[data-picture-preview]");
  const says = place.querySelector("[data-picture-says]");
  const camera = place.querySelector("[data-picture-camera]");
  const reader = new FileReader();
  for (const part of place.querySelectorAll("[data-needs-js]")) part.hidden = false;

  const refusal = (file) => {
    if (file.type && !TYPES.test(file.type)) return place.dataset.noPicture;
    return file.size > Number(place.dataset.most) ? place.dataset.tooLarge : "";
  };
  const show = () => {
    const [file] = field.files;
    preview.hidden = true;
    says.textContent = file ? refusal(file) : "";
    if (!file) return;
    if (says.textContent) field.value = "";
    else reader.readAsDataURL(file); // the policy of the page takes pictures from nowhere else
  };
  reader.onload = () => (preview.src = reader.result);
  preview.onload = () => (preview.hidden = false);
  field.addEventListener("change", show);
  camera.onclick = () => {
    field.setAttribute("capture", "environment");
    field.click();
    field.removeAttribute("capture");
  };
  for (const name of ["dragenter", "dragover"])
    place.addEventListener(name, (event) => {
      if (!event.dataTransfer.types.includes("Files")) return;
      event.preventDefault();
      place.dataset.over = "";
    });
  for (const name of ["dragleave", "drop"]) place.addEventListener(name, () => delete place.dataset.over);
  place.addEventListener("drop", (event) => {
    const files = event.dataTransfer.files;
    if (!files.length) return;
    event.preventDefault();
    event.stopPropagation();
    put(field, files[0]);
    if (files.length > 1 && !says.textContent) says.textContent = place.dataset.oneOnly;
  });
}

// Put a file into a field as if it had been chosen there.
function put(field, file) {
  const chosen = new DataTransfer();
  chosen.items.add(file);
  field.files = chosen.files;
  field.dispatchEvent(new Event("change", { bubbles: true }));
}

// Several at once: each gets a form of its own, is sent by itself, and says how far it is.
function several(zone) {
  const list = document.querySelector("[data-picture-forms]");
  const chooser = zone.querySelector("[data-picture-several]");
  const count = zone.querySelector("[data-picture-count]");
  const blank = list.querySelector("[data-picture-form]").cloneNode(true); // as it came, before anything was typed
  const token = () => document.querySelector("[name=csrfmiddlewaretoken]").value;
  let number = 0;

  const forms = () => [...list.querySelectorAll("[data-picture-form]")];
  const isEmpty = (form) => !form.querySelector("input[type=file]").files.length;

  // The same form twice on a page needs names of its own for labels and what describes a field.
  function renumbered(form) {
    number += 1;
    for (const part of form.querySelectorAll("[id]")) part.id += `-${number}`;
    for (const name of ["for", "aria-describedby", "aria-labelledby"])
      for (const part of form.querySelectorAll(`[${name}]`))
        part.setAttribute(name, part.getAttribute(name).split(" ").map((id) => `${id}-${number}`).join(" "));
    return form;
  }

  function begin(form) {
    dress(form.querySelector("[data-picture-drop]"));
    const out = form.querySelector("[data-picture-drop-form]");
    out.hidden = false;
    out.onclick = () => {
      if (forms().length === 1) list.append(start(blank.cloneNode(true)));
      form.remove();
      tell();
      forms()[0].querySelector("input[type=file]").focus();
    };
    form.onsubmit = (event) => {
      event.preventDefault();
      send(form);
    };
    return form;
  }

  const start = (form) => begin(renumbered(form));

  function take(files) {
    for (const file of files) {
      const form = forms().find(isEmpty) ?? list.appendChild(start(blank.cloneNode(true)));
      put(form.querySelector("input[type=file]"), file);
    }
    tell();
  }

  function tell() {
    const waiting = forms().filter((form) => !isEmpty(form)).length;
    const words = waiting === 1 ? list.dataset.one : list.dataset.many.replace("{count}", waiting);
    count.textContent = waiting ? words : "";
  }

  function send(form) {
    const button = form.querySelector("button[type=submit]");
    const says = form.querySelector("[data-picture-progress]");
    const bar = form.querySelector("progress");
    const [file] = form.querySelector("input[type=file]").files;
    const request = new XMLHttpRequest(); // fetch cannot tell how far an upload is
    if (button.disabled) return;
    button.disabled = true;
    bar.hidden = false;
    form.setAttribute("aria-busy", "true");
    request.upload.onprogress = ({ loaded, total }) => {
      bar.value = Math.round((100 * loaded) / total);
      const done = loaded === total;
      says.textContent = done ? list.dataset.working : list.dataset.sending.replace("{percent}", bar.value);
    };
    request.onerror = () => failed(list.dataset.away);
    request.onload = () => {
      const place = new DOMParser().parseFromString(request.responseText, "text/html");
      const answer = place.querySelector("[data-picture-kept], [data-picture-form]");
      if (!answer) return failed(request.status === 403 || request.responseURL !== form.action ? list.dataset.over : list.dataset.away);
      replace(form, document.adoptNode(answer), file);
    };
    const failed = (words) => {
      says.textContent = words;
      button.disabled = false;
      bar.hidden = true;
      form.removeAttribute("aria-busy");
    };
    const fields = new FormData(form);
    fields.set("csrfmiddlewaretoken", token());
    request.open("POST", form.action);
    request.setRequestHeader("X-Requested-With", "XMLHttpRequest");
    request.send(fields);
  }

  // What came back stands in the form's place: the picture as it is kept, or the form with what is to be mended.
  function replace(form, answer, file) {
    const isForm = answer.matches("[data-picture-form]");
    form.replaceWith(isForm ? start(answer) : answer);
    if (isForm && file) put(answer.querySelector("input[type=file]"), file);
    (answer.querySelector("[data-picture-errors]") ?? answer).focus();
    if (!forms().length) list.append(start(blank.cloneNode(true)));
    tell();
  }

  begin(list.querySelector("[data-picture-form]"));
  list.addEventListener("change", tell);
  zone.querySelector("[data-picture-choose]").onclick = () => chooser.click();
  zone.querySelector("[data-picture-photo]").onclick = () => {
    chooser.setAttribute("capture", "environment");
    chooser.click();
    chooser.removeAttribute("capture");
  };
  chooser.onchange = () => {
    take([...chooser.files]);
    chooser.value = "";
  };
  addEventListener("dragover", (event) => {
    if (!event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    zone.dataset.over = "";
  });
  addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) delete zone.dataset.over;
  });
  addEventListener("drop", (event) => {
    delete zone.dataset.over;
    if (!event.dataTransfer.files.length) return;
    event.preventDefault();
    take([...event.dataTransfer.files]);
  });
}

// Where the writer was last, so that a new picture comes to stand there.
function remember(cursor) {
  for (const text of document.querySelectorAll("textarea.studio-markdown"))
    text.addEventListener("blur", () => {
      cursor.value = `${text.lang}:${text.value.slice(0, text.selectionStart).split("\n").length}`;
    });
  for (const part of document.querySelectorAll("#put-in-where [data-needs-js]")) part.hidden = false;
}

const zone = document.querySelector("[data-picture-zone]");
const cursor = document.querySelector("[name=cursor-id]");
if (cursor) remember(cursor);
if (zone) several(zone);
else for (const place of document.querySelectorAll("[data-picture-drop]")) dress(place);
