// Every page: "/" finds, menus close, the drawer opens where `popover` is unknown, the theme changes at once, errors take the focus.
const typing = (element) => element.closest("input, textarea, select, [contenteditable]");

document.addEventListener("keydown", (event) => {
  if (event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !typing(event.target)) {
    const find = document.querySelector("[data-slash]");
    if (find) {
      event.preventDefault();
      find.focus();
      find.select();
    }
  }
  if (event.key === "Escape") closeMenus(null, true);
});
document.addEventListener("click", (event) => closeMenus(event.target, false));

function closeMenus(target, giveFocus) {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (target && menu.contains(target)) continue;
    if (giveFocus && menu.contains(document.activeElement)) menu.querySelector("summary").focus();
    menu.open = false;
  }
}

if (!("popover" in HTMLElement.prototype)) {
  for (const button of document.querySelectorAll("[popovertarget]")) {
    const drawer = document.getElementById(button.getAttribute("popovertarget"));
    button.addEventListener("click", () => drawer.classList.toggle("is-open"));
  }
}

const dark = document.querySelector("[data-dark-sheet]");
const MEDIA = { auto: "screen and (prefers-color-scheme: dark)", dark: "screen", light: "not all" };

for (const form of document.querySelectorAll("[data-theme-form]")) {
  form.addEventListener("submit", (event) => {
    const theme = event.submitter?.value;
    if (!dark || !(theme in MEDIA)) return;
    event.preventDefault();
    const body = new URLSearchParams(new FormData(form));
    body.set("theme", theme);
    fetch(form.action, { method: "POST", body, redirect: "manual", keepalive: true }).catch(() => {});
    dark.media = MEDIA[theme];
    document.documentElement.dataset.bsTheme = theme;
    for (const button of document.querySelectorAll("[data-theme-form] button")) {
      button.setAttribute("aria-pressed", String(button.value === theme));
    }
  });
}

document.querySelector("[data-focus]")?.focus({ preventScroll: false });
