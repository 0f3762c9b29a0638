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

export const put = (entry) => run("readwrite", (store) => store.put(entry));
export const drop = (form, tab) => run("readwrite", (store) => store.delete([form, tab]));
// The newest first.
export const entriesOf = async (form) =>
  (await run("readonly", (store) => store.getAll(IDBKeyRange.bound([form], [form, []])))).sort((a, b) => b.at - a.at);
