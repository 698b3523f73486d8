// Rows on the phone, in IndexedDB. A row: {id, flow, key, who, state, at, tried, sealed | number, name}.
// state: draft (being filled in), waiting, wrong, sent. Everything personal is in `sealed`.

const NAME = "nuandong-forms";

let opened = null;

function open() {
  opened ??= new Promise((done, failed) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("rows", { keyPath: "id" });
      request.result.createObjectStore("keys");
    };
    request.onsuccess = () => {
      request.result.onversionchange = () => request.result.close();
      done(request.result);
    };
    request.onerror = () => failed(request.error);
  });
  return opened;
}

async function act(store, mode, action) {
  const database = await open();
  return new Promise((done, failed) => {
    const transaction = database.transaction(store, mode, { durability: "strict" });
    const request = action(transaction.objectStore(store));
    transaction.oncomplete = () => done(request?.result);
    transaction.onabort = transaction.onerror = () => failed(transaction.error);
  });
}

/** The rows of a flow, oldest first. */
export async function rows(flow) {
  const all = await act("rows", "readonly", (store) => store.getAll());
  return all.filter((row) => row.flow === flow).sort((a, b) => a.at.localeCompare(b.at));
}

export const row = (id) => act("rows", "readonly", (store) => store.get(id));
export const keep = (changed) => act("rows", "readwrite", (store) => store.put(changed));
export const drop = (id) => act("rows", "readwrite", (store) => store.delete(id));

/** The keys there are, or nothing. */
export const keys = () => act("keys", "readonly", (store) => store.get("keys"));

/** Keep new keys; fails where another tab was first. */
export const keepKeys = (made) => act("keys", "readwrite", (store) => store.add(made, "keys"));

/** Forget the keys and every row that only they open. */
export async function forget() {
  for (const one of await act("rows", "readonly", (store) => store.getAll())) if (one.sealed) await drop(one.id);
  await act("keys", "readwrite", (store) => store.delete("keys"));
}
