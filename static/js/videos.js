// Videos of a photos field (photos.js draws the tiles), sent piece by piece to documents/pieces.py: over a line that breaks it
// goes on where the server's bytes end, after a reload once the same file is chosen again. The form waits for them.
const FIRST_RETRY_MS = 1000;
const LONGEST_RETRY_MS = 15000;
const BUSY_MS = 1500;
const PIECE_TIMEOUT_MS = 90000;
const FIRST_PIECE = 256 * 1024;
const QUICK_MS = 2000; // a piece that took less may be followed by a larger one
const FORGET_MS = 72 * 3600 * 1000;

class LineDown extends Error {}
class Refused extends Error {
  constructor(answer) {
    super("refused");
    this.answer = answer;
  }
}

for (const root of document.querySelectorAll("[data-photos][data-videos-url]")) start(root);

function start(root) {
  const field = root.photosField;
  const form = root.closest("form");
  const memory = `videos ${root.dataset.videosUrl} ${location.pathname}`;
  const reels = [];
  let current = null;
  let held = null; // the press that sent the form before a video was there
  let timer = 0;
  let retry = FIRST_RETRY_MS;
  let request = null;

  const percent = (reel) => Math.floor((100 * reel.offset) / reel.size);

  root.addEventListener("photos:video", (event) => {
    const { shot } = event.detail;
    const { name, size, lastModified: modified } = shot.file;
    const known = reels.find((reel) => !reel.file && reel.name === name && reel.size === size && reel.modified === modified);
    if (known) field.takeAway(known.shot);
    if (known) reels.splice(reels.indexOf(known), 1);
    const begun = known ?? { key: newKey(), offset: 0, piece: FIRST_PIECE };
    reels.push(join({ key: begun.key, url: begun.url, offset: begun.offset, piece: FIRST_PIECE, name, size, modified, file: shot.file }, shot));
    remember();
    work();
  });

  function join(reel, shot) {
    reel.shot = shot;
    shot.abandon = () => abandon(reel);
    shot.again = () => again(reel);
    return reel;
  }

  async function work() {
    clearTimeout(timer);
    if (current) return;
    current = reels.find((reel) => reel.file && !reel.isDone && !reel.isStuck);
    if (!current) return;
    const reel = current;
    try {
      const answer = await send(reel);
      finish(reel, answer);
    } catch (fault) {
      current = null;
      if (reel.isGone) return work();
      if (fault instanceof LineDown) return wait(reel);
      stick(reel, fault instanceof Refused ? fault.answer : null);
    }
    current = null;
    retry = FIRST_RETRY_MS;
    release();
    work();
  }

  async function send(reel) {
    let answer = await where(reel);
    while (!answer.id) {
      reel.offset = answer.offset;
      show(reel, 0);
      if (answer.busy) await pause(BUSY_MS);
      const began = performance.now();
      const length = Math.min(reel.piece, answer.piece, reel.size - reel.offset);
      answer = await ask(reel, "POST", reel.url, reel.file.slice(reel.offset, reel.offset + length));
      if (answer.id) break;
      if (answer.offset > reel.offset) retry = FIRST_RETRY_MS;
      if (performance.now() - began < QUICK_MS) reel.piece *= 2;
    }
    return answer;
  }

  // Where to go on; a sending that the server let go of begins anew.
  async function where(reel) {
    if (reel.url) {
      const answer = await ask(reel, "GET", reel.url);
      if (!answer.isMissing) return answer;
      reel.url = "";
    }
    const body = new URLSearchParams({ key: reel.key, name: reel.name, size: reel.size });
    const answer = await ask(reel, "POST", root.dataset.videosUrl, body);
    if (!answer.url) throw new Refused(null);
    reel.url = answer.url;
    remember();
    return answer;
  }

  function ask(reel, method, url, body) {
    return new Promise((resolve, reject) => {
      const isPiece = body instanceof Blob;
      request = new XMLHttpRequest();
      const mine = request;
      const end = () => {
        const answer = read(mine.responseText);
        if (mine.status === 0 || mine.status >= 500 || mine.status === 429) reject(new LineDown());
        else if (mine.status === 404 && method === "GET") resolve({ isMissing: true });
        else if (answer && (mine.status < 300 || mine.status === 409)) resolve(answer);
        else reject(new Refused(answer));
      };
      mine.addEventListener("load", end);
      for (const fault of ["error", "timeout", "abort"]) mine.addEventListener(fault, () => reject(new LineDown()));
      if (isPiece) mine.upload.addEventListener("progress", (event) => show(reel, event.loaded));
      mine.open(method, url);
      mine.timeout = PIECE_TIMEOUT_MS;
      mine.setRequestHeader("Accept", "application/json");
      mine.setRequestHeader("X-CSRFToken", form.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "");
      if (isPiece) {
        mine.setRequestHeader("Content-Type", "application/octet-stream");
        mine.setRequestHeader("Upload-Offset", String(reel.offset));
        mine.setRequestHeader("Upload-Modified", String(reel.modified));
      }
      mine.send(body ?? null);
    });
  }

  function show(reel, loaded) {
    const share = Math.min(100, Math.floor((100 * (reel.offset + loaded)) / reel.size));
    field.progress(reel.shot, share, share === 100 ? root.dataset.sayChecked : "");
  }

  function finish(reel, answer) {
    reel.isDone = true;
    reel.offset = reel.size;
    field.keep(reel.shot, answer);
    remember();
  }

  function wait(reel) {
    reel.piece = Math.max(FIRST_PIECE / 2, reel.piece / 4);
    field.wait(reel.shot);
    timer = setTimeout(work, retry);
    retry = Math.min(retry * 2, LONGEST_RETRY_MS);
  }

  function stick(reel, answer) {
    reel.isStuck = true;
    field.refuse(reel.shot, answer);
    if (answer?.error && !answer.again) forget(reel);
  }

  function again(reel) {
    reel.isStuck = false;
    retry = FIRST_RETRY_MS;
    if (reel.file) work();
    else root.querySelector("input[type=file]").click();
  }

  function abandon(reel) {
    reel.isGone = true;
    forget(reel);
    if (current === reel) request?.abort();
    if (reel.url && !reel.isDone) {
      ask(reel, "POST", reel.url, new URLSearchParams({ cancel: "1" })).catch(() => {}); // the server lets go of it by itself
    }
    release();
  }

  function forget(reel) {
    if (reels.includes(reel)) reels.splice(reels.indexOf(reel), 1);
    remember();
  }

  // A form that goes now waits for its videos; nothing that was typed is lost.
  form.addEventListener(
    "submit",
    (event) => {
      const open = reels.find((reel) => !reel.isDone);
      if (!open) return localStorage.removeItem(memory);
      event.preventDefault();
      event.stopImmediatePropagation();
      held = { submitter: event.submitter };
      const isStuck = open.isStuck || !open.file;
      if (isStuck) held = null;
      field.complain(field.fill(isStuck ? "tellStuck" : "tellHolds", { name: open.name, percent: percent(open) }));
    },
    true,
  );

  function release() {
    if (!held || reels.some((reel) => !reel.isDone && !reel.isStuck)) return;
    const { submitter } = held;
    held = null;
    field.complain("");
    form.requestSubmit(submitter);
  }

  function remember() {
    const rows = reels.map(({ key, url, name, size, modified }) => ({ key, url, name, size, modified, at: Date.now() }));
    try {
      if (rows.length) localStorage.setItem(memory, JSON.stringify(rows));
      else localStorage.removeItem(memory);
    } catch {
      // no room: then a reload begins anew
    }
  }

  // After a reload: what is whole joins the form again, the rest asks for its file.
  async function recall() {
    const rows = (read(localStorage.getItem(memory)) ?? []).filter((row) => row.url && Date.now() - row.at < FORGET_MS);
    for (const row of rows) {
      const reel = { ...row, offset: 0, piece: FIRST_PIECE, file: null };
      const answer = await ask(reel, "GET", row.url).catch((fault) => (fault instanceof Refused ? { isMissing: true } : {}));
      if (answer.isMissing || (answer.id && field.has(answer.id))) continue;
      reel.offset = answer.offset ?? 0;
      reels.push(join(reel, field.recalled(row.name)));
      if (answer.id) finish(reel, answer);
      else field.askAgain(reel.shot, { name: row.name, percent: percent(reel) });
    }
    remember();
  }

  window.addEventListener("online", work);
  window.addEventListener("offline", () => request?.abort());
  if (localStorage.getItem(memory)) recall();
}

function newKey() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function pause(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

function read(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
