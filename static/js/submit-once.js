// After a form is sent, its button rests, so that an impatient second press does nothing. The server's own idempotency key
// stays the rule; this is only manners. A page that comes back from the history has its buttons again.
const WAIT_MS = 15000;

document.addEventListener("submit", (event) => {
  const form = event.target;
  // After the other listeners: one of them may have kept the form here (draft, theme, uploads).
  setTimeout(() => {
    if (event.defaultPrevented || form.dataset.submitOften !== undefined || form.method !== "post") return;
    const buttons = [...form.querySelectorAll("button[type=submit], button:not([type])")];
    if (form.id) buttons.push(...document.querySelectorAll(`button[form="${CSS.escape(form.id)}"]`));
    buttons.forEach(rest);
    event.submitter?.setAttribute("aria-busy", "true");
    setTimeout(() => buttons.forEach(wake), WAIT_MS);
  });
});

window.addEventListener("pageshow", (event) => {
  if (event.persisted) document.querySelectorAll("[data-resting]").forEach(wake);
});

function rest(button) {
  if (button.disabled) return;
  button.dataset.resting = "";
  button.disabled = true;
}

function wake(button) {
  if (!("resting" in button.dataset)) return;
  delete button.dataset.resting;
  button.disabled = false;
  button.removeAttribute("aria-busy");
}
