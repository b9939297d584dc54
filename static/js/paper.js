// Looks again every two seconds while a PDF is being made, and puts the answer in its place. Without script the page is
// refreshed by its header and has a link.
const PAUSE_MS = 2000;
const MOST = 300;

async function look(left) {
  const shown = document.querySelector("#paper[data-waiting]");
  if (!shown || !left) return;
  try {
    const answer = await fetch(location.href, { credentials: "same-origin", redirect: "error" });
    const fresh = answer.ok && new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("#paper");
    if (fresh && !("waiting" in fresh.dataset)) {
      shown.replaceChildren(...fresh.childNodes);
      delete shown.dataset.waiting;
      return;
    }
  } catch {
    // A line that is down: the next look may find it.
  }
  setTimeout(look, PAUSE_MS, left - 1);
}

setTimeout(look, PAUSE_MS, MOST);
