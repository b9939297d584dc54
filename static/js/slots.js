// The time that is chosen, beside the button that books it. Without this script the line shows the one the page began with.
const note = document.querySelector("[data-chosen]");

document.getElementById("choose")?.addEventListener("change", ({ target }) => {
  if (target.name !== "slot" || !note) return;
  for (const words of note.querySelectorAll("[data-slot]")) words.hidden = words.dataset.slot !== target.value;
});
