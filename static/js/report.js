// Step 2 of a report: a tapped tile or answer goes to the server without leaving the page, and what follows from it ("do this
// now", questions, prompts, guidance) is put in place. Without this script the tile sends the form and the page comes back.
const RETRY_AFTER = 5000; // ms; a phone may have a signal and no line, and then tells of no change

for (const form of document.querySelectorAll("form[data-report]")) start(form);

function start(form) {
  const seen = new Set(); // values of the pictures that stood in the form
  let latest = 0;
  let waiting = null; // what could not be sent

  form.addEventListener("click", (event) => {
    const tile = event.target.closest("button[name=part], button[name=kind]");
    if (!tile) return;
    event.preventDefault();
    press(tile);
    hold(form, tile.name, tile.value);
    refresh(tile);
  });
  form.addEventListener("change", (event) => {
    if (event.target.name?.startsWith("q-")) refresh(event.target);
  });
  form.addEventListener("photos:change", () => tellRemoved(form, seen));
  window.addEventListener("online", () => waiting && refresh(waiting));
  tellRemoved(form, seen);

  async function refresh(source) {
    const mine = ++latest;
    waiting = null;
    try {
      const answer = await fetch(form.action, { method: "POST", body: bodyOf(form), credentials: "same-origin" });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (!answer.ok || !page.querySelector("form[data-report]")) throw new Error(String(answer.status));
      if (mine === latest) replace(page, source);
    } catch (error) {
      if (mine === latest) fail(source, error instanceof TypeError);
    }
  }

  // Without a line (fetch says TypeError) the choice waits in the form and is sent when the line is back; an odd answer
  // of the server makes the form go as without a script.
  function fail(source, isLineDown) {
    if (isLineDown) {
      waiting = source;
      setTimeout(() => waiting === source && refresh(source), RETRY_AFTER);
    } else if (source.matches("button")) form.requestSubmit(hiddenButton(form, source));
  }
}

// The form without files; it says what is chosen, so that the server takes it for a choice and not for "Next".
function bodyOf(form) {
  const body = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (typeof value === "string") body.append(name, value);
  const chosen = form.querySelector("button[name=kind][aria-pressed=true]") ?? form.querySelector("button[name=part][aria-pressed=true]");
  if (!body.has("part") && !body.has("kind") && chosen) body.set(chosen.name, chosen.value);
  return body;
}

function press(tile) {
  for (const other of tile.closest("#what").querySelectorAll(`button[name=${tile.name}]`)) {
    other.setAttribute("aria-pressed", String(other === tile));
  }
}

function hold(form, name, value) {
  const held = form.querySelector(`input[data-held][name=${name}]`) ?? hidden(form, name);
  held.dataset.held = "";
  held.value = value;
}

function hidden(form, name) {
  const input = Object.assign(document.createElement("input"), { type: "hidden", name });
  form.append(input);
  return input;
}

function hiddenButton(form, tile) {
  const button = Object.assign(document.createElement("button"), { name: tile.name, value: tile.value, hidden: true });
  form.append(button);
  return button;
}

function replace(page, source) {
  const isAnswer = source.matches("input");
  const had = document.activeElement;
  for (const part of document.querySelectorAll("[data-part]")) {
    const fresh = page.getElementById(part.id);
    if (isAnswer && part.contains(source)) continue; // the person is answering there
    if (fresh && fresh.innerHTML !== part.innerHTML) part.innerHTML = fresh.innerHTML;
  }
  if (source.name === "part") {
    const kinds = document.getElementById("kinds");
    kinds?.focus({ preventScroll: true });
    kinds?.scrollIntoView({ block: "start", behavior: calm() });
  } else if (!had.isConnected) {
    document.querySelector(`button[name="${source.name}"][value="${CSS.escape(source.value)}"]`)?.focus({ preventScroll: true });
  }
}

function calm() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
}

// A picture taken out of the page is named in the form, so that the next saving takes it out of the draft too.
function tellRemoved(form, seen) {
  const kept = new Set([...form.querySelectorAll("input[name=photos-kept]")].map((input) => input.value));
  for (const token of seen) {
    if (kept.has(token)) continue;
    seen.delete(token);
    const gone = hidden(form, "photos-remove");
    gone.value = token;
    gone.dispatchEvent(new Event("change", { bubbles: true }));
  }
  for (const token of kept) seen.add(token);
}
