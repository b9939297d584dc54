// One act of a visit to the server; a video in pieces (documents/pieces.py). What is not an answer of the server is no line.
const TIMEOUT_MS = 30000;
const FILE_TIMEOUT_MS = 300000;
const PIECE = 1024 * 1024;
const BUSY_MS = 1500;

export class LineDown extends Error {}
export class SignedOut extends Error {}
export class Refused extends Error {
  constructor(sentence) {
    super("refused");
    this.sentence = sentence;
  }
}

export function send(act, how) {
  return act.kind === "film" ? film(act, how) : whole(act, how);
}

function whole(act, { token }) {
  const body = new FormData();
  body.set("csrfmiddlewaretoken", token);
  body.set("idempotency_key", act.key);
  body.set("made_at", act.made);
  for (const [name, value] of act.fields) body.append(name, value);
  for (const file of act.files ?? []) body.append("photo", file, file.name);
  if (act.files?.length) body.set("modified", String(act.files[0].lastModified));
  return ask(act.url, { method: "POST", body }, act.files?.length ? FILE_TIMEOUT_MS : TIMEOUT_MS);
}

async function film(act, { token, progress }) {
  const [file] = act.files;
  const body = new URLSearchParams({ key: act.key, name: file.name, size: file.size, csrfmiddlewaretoken: token });
  for (const [name, value] of act.fields) body.append(name, value);
  const { url, ...begun } = await ask(act.url, { method: "POST", body }, TIMEOUT_MS);
  let answer = begun;
  while (!answer.id) {
    if (answer.busy) await new Promise((resolve) => setTimeout(resolve, BUSY_MS));
    const { offset } = answer;
    progress(Math.floor((100 * offset) / file.size));
    const piece = file.slice(offset, offset + Math.min(PIECE, answer.piece));
    const headers = {
      "Content-Type": "application/octet-stream",
      "Upload-Offset": String(offset),
      "Upload-Modified": String(file.lastModified),
      "X-CSRFToken": token,
    };
    answer = await ask(url, { method: "POST", body: piece, headers }, FILE_TIMEOUT_MS, [409]);
  }
  return answer;
}

async function ask(url, options, timeout, also = []) {
  const headers = { Accept: "application/json", "X-Requested-With": "fetch", ...options.headers };
  const signal = AbortSignal.timeout?.(timeout);
  let answer;
  let read;
  try {
    answer = await fetch(url, { credentials: "same-origin", redirect: "manual", ...options, headers, signal });
    read = await answer.json().catch(() => null);
  } catch {
    throw new LineDown();
  }
  if (answer.type === "opaqueredirect" || answer.status === 401 || (answer.status === 403 && !read)) throw new SignedOut();
  if (answer.status >= 500 || answer.status === 429 || answer.status === 0) throw new LineDown();
  if (read && (answer.ok || (also.includes(answer.status) && "offset" in read))) return read;
  if (answer.ok) throw new LineDown(); // the page of a café's sign-in, not of the server
  throw new Refused(read?.error ?? `${answer.status}`);
}
