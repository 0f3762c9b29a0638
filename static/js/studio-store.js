// What is typed, in this browser: it outlives the tab, a crash and a restart. Each entry belongs to one form of one
// person (`form`) and one page (`tab`); nobody asks for another person's.
const STORE = "typed";
const opening = new Promise((resolve, reject) => {
  const request = indexedDB.open("studio", 1);
  request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: ["form", "tab"] });
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});
opening.catch(() => {}); // forbidden here: whoever writes is told

async function run(mode, deed) {
  const transaction = (await opening).transaction(STORE, mode, { durability: "strict" });
  const request = deed(transaction.objectStore(STORE));
  transaction.commit?.(); // a page that is being closed has no time to wait for it
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve(request.result);
    transaction.onabort = transaction.onerror = () => reject(transaction.error);
  });
}

// Where a page is closed before the store is open or has written, this shelf takes what it is given at once.
const SHELF = "typed ";
const placeOf = (form, tab) => SHELF + JSON.stringify([form, tab]);
const shelf = (() => {
  try {
    return localStorage;
  } catch {
    return null; // forbidden here
  }
})();

export function putAtOnce(entry) {
  try {
    shelf?.setItem(placeOf(entry.form, entry.tab), JSON.stringify(entry));
  } catch {
    // it is full: the store may have it yet
  }
}

async function clearShelf(form) {
  const places = Object.keys(shelf ?? {}).filter((place) => place.startsWith(SHELF));
  for (const entry of places.map((place) => JSON.parse(shelf.getItem(place)))) {
    if (entry.form !== form) continue;
    const stored = await run("readonly", (store) => store.get([form, entry.tab]));
    if (!stored || stored.at < entry.at) await put(entry);
    shelf.removeItem(placeOf(form, entry.tab));
  }
}

export const put = (entry) => run("readwrite", (store) => store.put(entry));
export function drop(form, tab) {
  shelf?.removeItem(placeOf(form, tab));
  return run("readwrite", (store) => store.delete([form, tab]));
}
// The newest first.
export async function entriesOf(form) {
  await clearShelf(form);
  const entries = await run("readonly", (store) => store.getAll(IDBKeyRange.bound([form], [form, []])));
  return entries.sort((a, b) => b.at - a.at);
}
