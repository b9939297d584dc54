// The button that opens the browser's print panel; without script the browser's own menu prints the page as well.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
