// Worksheets: sums at once, kept in this browser (or, with an account, there), and printed alone.
const DIGITS = "٠١٢٣٤٥٦٧٨٩";
const plain = (text) => text.replace(/[٠-٩]/g, (digit) => DIGITS.indexOf(digit));

function sheetOf(root) {
  const inputs = [...root.querySelectorAll(".field input")];
  const form = root.querySelector("form.sheet-form");
  const state = root.querySelector(".sheet-state");
  const name = root.dataset.keptAs && `worksheet:${root.dataset.keptAs}`;
  const format = new Intl.NumberFormat(root.dataset.nine === "٩" ? "ar-u-nu-arab" : "en");

  const values = () => Object.fromEntries(inputs.map((input) => [input.name, input.type === "checkbox" ? (input.checked ? "1" : "") : input.value]));
  const fill = (kept) => {
    for (const input of inputs)
      if (input.type === "checkbox") input.checked = Boolean(kept[input.name]);
      else input.value = kept[input.name] ?? "";
  };

  const count = () => {
    const now = values();
    for (const output of root.querySelectorAll("[data-sum]")) {
      const products = output.dataset.sum.split("+").map((product) =>
        product.split("*").reduce((sum, factor) => sum * (/^\d/.test(factor) ? Number(factor) : /^[\d٠-٩]{1,4}$/.test(now[factor] ?? "") ? Number(plain(now[factor])) : NaN), 1),
      );
      const sum = products.reduce((all, one) => all + one, 0);
      output.textContent = Number.isNaN(sum) ? "" : format.format(sum);
    }
  };

  const remember = () => {
    try {
      const now = values();
      if (Object.values(now).some(Boolean)) localStorage.setItem(name, JSON.stringify(now));
      else localStorage.removeItem(name);
    } catch {
      // a browser without storage keeps the sheet for this page
    }
  };
  const forget = () => {
    try {
      localStorage.removeItem(name);
    } catch {
      // nothing was kept
    }
  };
  const remembered = () => {
    try {
      return JSON.parse(localStorage.getItem(name));
    } catch {
      return null;
    }
  };

  // What waits here was not sent to the account: a lost connection, or filled in before logging in.
  const waiting = name && remembered();
  const unsaved = () => state && (state.textContent = state.dataset.unsavedWords);
  if (waiting) {
    fill({ ...values(), ...Object.fromEntries(Object.entries(waiting).filter(([, value]) => value)) });
    unsaved();
  }

  let turn = Promise.resolve();
  const send = () =>
    fetch(form.action, { method: "POST", body: new FormData(form), headers: { "X-Requested-With": "fetch" }, keepalive: true })
      .then((answer) => {
        if (answer.status !== 204) throw answer;
        forget();
        state.textContent = state.dataset.savedWords;
      })
      .catch(unsaved);
  root.addEventListener("input", count);
  root.addEventListener("change", () => {
    if (name) remember();
    if (form) turn = turn.then(send);
  });
  form?.addEventListener("submit", forget);
  count();

  const printing = root.querySelector("[data-print-sheet]");
  printing.hidden = false;
  printing.onclick = () => {
    document.documentElement.classList.add("sheet-only");
    root.classList.add("printed");
    print();
  };
  addEventListener("afterprint", () => {
    document.documentElement.classList.remove("sheet-only");
    root.classList.remove("printed");
  });
  const clearing = root.querySelector("[data-clear-sheet]");
  if (clearing) {
    clearing.hidden = false;
    clearing.onclick = () => {
      fill({});
      count();
      forget();
      inputs[0].focus();
    };
  }
}

for (const root of document.querySelectorAll(".text [data-nine]")) sheetOf(root);
