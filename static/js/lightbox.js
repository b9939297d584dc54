// Pictures large, in the page's <dialog> (components/lightbox.html): a[data-lightbox="group"]. Arrow keys step, Escape closes,
// the focus goes back to the picture. Without this script, or with a modifier key, the link simply opens the picture.
const dialog = document.querySelector("[data-lightbox-dialog]");

if (dialog?.showModal) {
  const part = (name) => dialog.querySelector(`[data-lightbox-${name}]`);
  let group = [];
  let at = 0;

  const show = (index) => {
    at = Math.min(Math.max(index, 0), group.length - 1);
    const link = group[at];
    const image = part("image");
    image.hidden = false;
    image.src = link.href;
    image.alt = link.querySelector("img")?.alt ?? "";
    part("caption").textContent = link.dataset.caption ?? "";
    part("count").textContent = group.length > 1 ? `${at + 1} / ${group.length}` : "";
    part("open").href = link.href;
    for (const button of dialog.querySelectorAll("[data-lightbox-step]")) {
      const step = Number(button.dataset.lightboxStep);
      button.hidden = group.length < 2;
      button.disabled = !group[at + step];
    }
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-lightbox]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    const all = [...document.querySelectorAll("a[data-lightbox]")];
    group = all.filter((each) => each.dataset.lightbox === link.dataset.lightbox);
    show(group.indexOf(link));
    dialog.showModal();
    part("close").focus();
  });

  dialog.addEventListener("click", (event) => {
    const step = event.target.closest("[data-lightbox-step]");
    if (step) show(at + Number(step.dataset.lightboxStep));
    else if (event.target.closest("[data-lightbox-close]") || event.target.matches(".lightbox-stage")) dialog.close();
  });
  dialog.addEventListener("keydown", (event) => {
    if (event.key === "ArrowRight") show(at + 1);
    if (event.key === "ArrowLeft") show(at - 1);
  });
  dialog.addEventListener("close", () => {
    part("image").removeAttribute("src");
    group[at]?.focus();
  });
}
