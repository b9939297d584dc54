// Step 2 of a report: a tapped tile or answer goes to the server without leaving the page, and what follows from it ("do this
// now", questions, prompts, guidance) is put in place. Without this script the tile sends the form and the page comes back.
for (const form of document.querySelectorAll("form[data-report]")) start(form);

function start(form) {
  let latest = 0;

  form.addEventListener("click", (event) => {
    const tile = event.target.closest("button[name=part], button[name=kind]");
    if (!tile) return;
    event.preventDefault();
    press(tile);
    refresh(tile);
  });
  form.addEventListener("change", (event) => {
    if (event.target.name?.startsWith("q-")) refresh(event.target);
  });
  form.addEventListener("photos:change", () => tellRemoved(form));

  async function refresh(source) {
    const mine = ++latest;
    const body = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (typeof value === "string") body.append(name, value);
    if (source.matches("button")) body.set(source.name, source.value);
    else body.set("kind", form.querySelector("button[name=kind][aria-pressed=true]")?.value ?? "");
    try {
      const answer = await fetch(form.action, { method: "POST", body, credentials: "same-origin" });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (!answer.ok || !page.querySelector("form[data-report]")) throw new Error(String(answer.status));
      if (mine === latest) replace(page, source);
    } catch {
      if (source.matches("button") && mine === latest) leave(source);
    }
  }

  // The way without a script: the form goes as it is, and the page comes back. Not without a line: then nothing would come.
  function leave(tile) {
    if (navigator.onLine) form.requestSubmit(copyOf(tile));
  }

  function copyOf(tile) {
    const copy = Object.assign(document.createElement("button"), { name: tile.name, value: tile.value, hidden: true });
    form.append(copy);
    return copy;
  }
}

function press(tile) {
  for (const other of tile.closest("#what").querySelectorAll(`button[name=${tile.name}]`)) {
    other.setAttribute("aria-pressed", String(other === tile));
  }
}

function replace(page, source) {
  const had = document.activeElement;
  for (const part of document.querySelectorAll("[data-part]")) {
    const fresh = page.getElementById(part.id);
    if (fresh && fresh.innerHTML !== part.innerHTML) part.innerHTML = fresh.innerHTML;
  }
  if (source.name === "part") {
    const kinds = document.getElementById("kinds");
    kinds?.focus({ preventScroll: true });
    kinds?.scrollIntoView({ block: "start", behavior: calm() });
  } else if (!had.isConnected && source.id) {
    document.getElementById(source.id)?.focus({ preventScroll: true });
  } else if (!had.isConnected) {
    document.querySelector(`button[name="${source.name}"][value="${CSS.escape(source.value)}"]`)?.focus({ preventScroll: true });
  }
}

function calm() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
}

// A picture taken out of the page is named in the form, so that the next saving takes it out of the draft too.
const seen = new Set();

function tellRemoved(form) {
  const kept = new Set([...form.querySelectorAll("input[name=photos-kept]")].map((input) => input.value));
  for (const token of seen) {
    if (kept.has(token)) continue;
    const gone = Object.assign(document.createElement("input"), { type: "hidden", name: "photos-remove", value: token });
    form.append(gone);
    seen.delete(token);
    gone.dispatchEvent(new Event("change", { bubbles: true }));
  }
  for (const token of kept) seen.add(token);
}

for (const form of document.querySelectorAll("form[data-report]")) tellRemoved(form);
