// A table with ticks: [data-rows] holds rows with a .row-link and, if ticked rows can be worked on, a tick box each.
// Keys: j and k go down and up, x ticks, Enter opens (the link has the focus). [data-tick-count] says how many.
for (const sheet of document.querySelectorAll("[data-rows]")) work(sheet);

function work(sheet) {
  const rows = () => [...sheet.querySelectorAll("tbody tr, li")].filter((row) => row.querySelector(".row-link"));
  const ticks = () => [...sheet.querySelectorAll("[data-tick]")];
  const all = sheet.querySelector("[data-tick-all]");

  function count() {
    const boxes = ticks();
    const n = boxes.filter((box) => box.checked).length;
    if (all) {
      all.checked = n > 0 && n === boxes.length;
      all.indeterminate = n > 0 && n < boxes.length;
    }
    for (const words of sheet.querySelectorAll("[data-tick-count]")) {
      words.textContent = (n === 1 ? words.dataset.one : words.dataset.many).replace("{n}", n);
    }
    for (const bar of sheet.querySelectorAll("[data-tick-bar]")) bar.hidden = n === 0;
    sheet.classList.toggle("is-ticking", n > 0);
  }

  sheet.addEventListener("change", (event) => {
    if (event.target === all) ticks().forEach((box) => (box.checked = all.checked));
    count();
  });
  sheet.addEventListener("click", (event) => {
    if (event.target.closest("[data-tick-clear]")) {
      ticks().forEach((box) => (box.checked = false));
      count();
      return;
    }
    const row = event.target.closest("tbody tr, li");
    if (event.target.closest("a, button, input, label, select, summary, details") || !row || getSelection().toString()) return;
    const link = row.querySelector(".row-link");
    if (event.metaKey || event.ctrlKey) window.open(link.href, "_blank", "noopener");
    else link?.click();
  });
  let last = null;
  sheet.addEventListener("click", (event) => {
    const box = event.target.closest("[data-tick]");
    if (!box) return;
    const boxes = ticks();
    if (event.shiftKey && last) {
      const [from, to] = [boxes.indexOf(last), boxes.indexOf(box)].sort((a, b) => a - b);
      boxes.slice(from, to + 1).forEach((each) => (each.checked = box.checked));
      count();
    }
    last = box;
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("textarea, select, dialog, input:not([type=checkbox])")) return;
    const list = rows();
    const here = list.indexOf(event.target.closest("tr, li"));
    if (event.key === "j" || event.key === "k") {
      const next = list[Math.min(Math.max(here + (event.key === "j" ? 1 : here < 0 ? 1 : -1), 0), list.length - 1)];
      next?.querySelector(".row-link").focus();
      next?.scrollIntoView({ block: "nearest" });
    } else if (event.key === "x" && here >= 0) {
      list[here].querySelector("[data-tick]")?.click();
    } else return;
    event.preventDefault();
  });
  count();
}
