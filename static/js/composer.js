// The composer: shows what is typed as the reader will see it ([data-preview="id of the text field"]), puts a chosen ready
// sentence at the cursor (select[data-insert-into="id"]) and opens the lane that a link names ([data-lane="id of the radio"]).
for (const box of document.querySelectorAll("[data-preview]")) {
  const field = document.getElementById(box.dataset.preview);
  const draw = () => {
    box.textContent = field.value.trim() || box.dataset.empty || "";
  };
  field?.addEventListener("input", draw);
  if (field) draw();
}

for (const choice of document.querySelectorAll("select[data-insert-into]")) {
  const field = document.getElementById(choice.dataset.insertInto);
  choice.addEventListener("change", () => {
    if (!choice.value || !field) return;
    const before = field.value.slice(0, field.selectionStart);
    const gap = before && !before.endsWith("\n") && !before.endsWith(" ") ? " " : "";
    field.setRangeText(gap + choice.value, field.selectionStart, field.selectionEnd, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
    choice.selectedIndex = 0;
    field.focus();
  });
}

// "Insert these words": puts them at the end and ticks the article they come from; without this script the server does both.
for (const button of document.querySelectorAll("button[data-words]")) {
  const field = document.getElementById(button.dataset.wordsInto);
  if (!field) continue;
  button.addEventListener("click", (event) => {
    event.preventDefault();
    field.value = [field.value.trim(), button.dataset.words].filter(Boolean).join("\n\n");
    field.dispatchEvent(new Event("input", { bubbles: true }));
    const tick = document.querySelector(`input[name="${button.dataset.wordsTick}"][value="${CSS.escape(button.value)}"]`);
    if (tick) tick.checked = true;
    field.focus();
  });
}

for (const opener of document.querySelectorAll("[data-lane]")) {
  opener.addEventListener("click", (event) => {
    const lane = document.getElementById(opener.dataset.lane);
    if (!lane) return;
    event.preventDefault();
    lane.checked = true;
    const box = lane.closest(".composer");
    box.scrollIntoView({ block: "center" });
    [...box.querySelectorAll("textarea")].find((field) => field.offsetParent)?.focus();
  });
}
