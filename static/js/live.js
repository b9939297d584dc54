// A page that waits for a worker looks again by itself. Without this script the link "Look again" does it.
const PAUSE_MS = 2000;

async function look() {
  const live = document.querySelector("[data-live]");
  if (!live) return;
  try {
    const answer = await fetch(location.href, { credentials: "same-origin" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const next = page.querySelector("[data-live]");
    if (!answer.ok || answer.redirected || !next) {
      location.reload();
      return;
    }
    const bar = live.querySelector("progress");
    const words = live.querySelector("#progress-words");
    bar.value = next.querySelector("progress").value;
    words.replaceChildren(...next.querySelector("#progress-words").childNodes);
  } catch {
    // the line is down: the next look may find it again
  }
  setTimeout(look, PAUSE_MS);
}

setTimeout(look, PAUSE_MS);
