// The acts of one person at one visit that the server does not have yet, in their order, kept through reload and closing.
const NAME = "onsite";
const STORE = "acts";
const PATIENCE_MS = 10000; // a store that hangs must not keep an act from being sent

export async function openQueue(who, visit) {
  const base = await database().catch(() => null); // a private window may refuse: then the page keeps them while it is open
  const rows = base ? await ask(base, "readonly", (store) => store.getAll()) : [];
  const acts = rows.filter((act) => act.who === who && act.visit === visit).sort((a, b) => (a.made < b.made ? -1 : 1));
  let lasts = Boolean(base);

  async function put(act) {
    if (!lasts) return;
    try {
      await ask(base, "readwrite", (store) => store.put(act));
    } catch {
      lasts = false; // the phone is full: the page says that it must stay open
    }
  }

  async function drop(act) {
    if (base) await ask(base, "readwrite", (store) => store.delete(act.key)).catch(() => {}); // sent again, it counts once
  }

  return {
    acts,
    get isKept() {
      return lasts;
    },
    async add(act) {
      Object.assign(act, { who, visit });
      acts.push(act);
      await put(act);
    },
    async replace(earlier, act) {
      Object.assign(act, { who, visit });
      acts.splice(acts.indexOf(earlier), 1, act);
      await put(act);
      await drop(earlier);
    },
    async update(act, facts) {
      Object.assign(act, facts);
      await put(act);
    },
    async remove(act) {
      acts.splice(acts.indexOf(act), 1);
      await drop(act);
    },
  };
}

function database() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: "key" });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function ask(base, mode, work) {
  return new Promise((resolve, reject) => {
    const deal = base.transaction(STORE, mode);
    const request = work(deal.objectStore(STORE));
    deal.oncomplete = () => resolve(request.result);
    deal.onerror = deal.onabort = () => reject(deal.error);
    setTimeout(reject, PATIENCE_MS);
  });
}

// A version 4 UUID; crypto.randomUUID is missing without HTTPS.
export function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
