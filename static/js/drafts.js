// Keeps what is typed on the server: form[data-draft-url]. Changed fields go by POST a moment after the last key; a failed try
// is repeated with growing pauses and at once when the line is back. Status: [data-draft-status] (components/saved.html).
const PAUSE_MS = 800;
const FIRST_RETRY_MS = 2000;
const LONGEST_RETRY_MS = 60000;
const FINAL = new Set([400, 403, 404, 409, 410, 413]); // trying again would not help

for (const form of document.querySelectorAll("form[data-draft-url]")) keep(form);

function keep(form) {
  const changed = new Set();
  let timer = 0;
  let retry = FIRST_RETRY_MS;
  let underWay = [];
  let isSubmitted = false;

  const later = (ms) => {
    clearTimeout(timer);
    timer = setTimeout(send, ms);
  };

  const note = (event) => {
    const field = event.target;
    if (!field.name || field.type === "file" || field.form !== form) return;
    isSubmitted = false; // the form stayed here after all
    changed.add(field.name);
    later(PAUSE_MS);
  };

  async function send() {
    if (!changed.size || underWay.length) return;
    const names = [...changed];
    changed.clear();
    underWay = names;
    let answer = null;
    try {
      answer = await post(form, names, false);
    } catch {
      answer = null; // no line
    }
    underWay = [];
    if (answer?.ok && !answer.redirected) {
      retry = FIRST_RETRY_MS;
      show(form, await savedAt(answer));
      if (changed.size) later(PAUSE_MS);
      return;
    }
    names.forEach((name) => changed.add(name));
    show(form, null);
    if (answer && FINAL.has(answer.status)) return;
    later(retry);
    retry = Math.min(retry * 2, LONGEST_RETRY_MS);
  }

  form.addEventListener("input", note);
  form.addEventListener("change", note);
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    isSubmitted = true;
  });
  window.addEventListener("online", () => later(0));
  window.addEventListener("pagehide", () => {
    const unsaved = new Set([...underWay, ...changed]);
    if (unsaved.size && !isSubmitted) post(form, [...unsaved], true).catch(() => {});
  });
}

function post(form, names, keepalive) {
  const all = new FormData(form);
  const body = new URLSearchParams();
  body.set("csrfmiddlewaretoken", all.get("csrfmiddlewaretoken") ?? "");
  for (const name of names) {
    const values = all.getAll(name);
    if (!values.length) body.append(name, ""); // cleared: no tick is set
    for (const value of values) body.append(name, value);
  }
  const headers = { Accept: "application/json", "X-Requested-With": "fetch" };
  return fetch(form.dataset.draftUrl, { method: "POST", body, headers, keepalive, credentials: "same-origin" });
}

async function savedAt(answer) {
  try {
    const told = await answer.json();
    if (told.saved_at) return told.saved_at;
  } catch {
    // an empty answer: our own clock will do
  }
  return new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
}

function show(form, time) {
  const status = form.querySelector("[data-draft-status]") ?? document.querySelector("[data-draft-status]");
  if (!status) return;
  status.hidden = false;
  status.classList.toggle("is-unsaved", time === null);
  const words = time === null ? status.dataset.unsaved : status.dataset.saved.replace("{time}", time);
  status.querySelector("[data-draft-words]").textContent = words;
}
