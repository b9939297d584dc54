// A signature with the finger (form[data-sign]). Needs the vendored SignaturePad; without it, or without scripts, the name
// alone counts. The drawing goes along as a PNG data URL in the hidden field `drawn`; `pad` says that there was a box.
const form = document.querySelector("form[data-sign]");
const canvas = form?.querySelector("[data-sign-canvas]");

if (canvas && window.SignaturePad) {
  const section = form.querySelector("[data-sign-section]");
  const drawn = form.elements.namedItem("drawn");
  const words = document.querySelector("[data-sign-words]");
  section.hidden = false;
  form.querySelector("[data-sign-pad]").value = "1";
  const pad = new window.SignaturePad(canvas, { penColor: "#14213d", backgroundColor: "#ffffff", minWidth: 1, maxWidth: 3 });

  const told = () => canvas.setAttribute("aria-label", pad.isEmpty() ? canvas.dataset.empty : canvas.dataset.signed);
  const size = () => {
    const strokes = pad.toData();
    const ratio = Math.min(Math.max(window.devicePixelRatio || 1, 1), 2);
    canvas.width = canvas.offsetWidth * ratio;
    canvas.height = canvas.offsetHeight * ratio;
    canvas.getContext("2d").scale(ratio, ratio);
    pad.clear();
    pad.fromData(strokes);
    told();
  };
  let width = 0;
  new ResizeObserver(() => {
    if (canvas.offsetWidth === width) return; // the keyboard of a phone changes the height alone
    width = canvas.offsetWidth;
    size();
  }).observe(canvas);
  pad.addEventListener("endStroke", told);
  form.querySelector("[data-sign-clear]").addEventListener("click", () => {
    pad.clear();
    told();
  });

  const ticks = [...form.querySelectorAll('input[name^="fixed-"], input[name^="protest-"]')];
  const count = () => {
    const refs = ticks.filter((tick) => tick.checked).map((tick) => tick.name.replace(/^\w+-/, ""));
    const n = new Set(refs).size;
    words.textContent = n > 1 ? words.dataset.many.replace("{n}", n) : n ? words.dataset.one : words.dataset.none;
  };
  form.addEventListener("change", count);
  count();
  form.addEventListener("submit", (event) => {
    drawn.value = pad.isEmpty() || event.submitter?.value === "name" ? "" : pad.toDataURL("image/png");
  });
}
