// Forms with data-once are sent once: the button says 处理中 and a second press does nothing.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("form[data-once]") || event.defaultPrevented) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  const button = event.submitter || form.querySelector("button:not([type=button])");
  if (!button) return;
  button.setAttribute("aria-disabled", "true");
  button.dataset.words = button.textContent;
  button.textContent = "处理中…";
});

// Coming back by the browser's own button shows the form ready again.
window.addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  for (const form of document.querySelectorAll("form[data-sent]")) {
    delete form.dataset.sent;
    for (const button of form.querySelectorAll("[data-words]")) {
      button.textContent = button.dataset.words;
      button.removeAttribute("aria-disabled");
    }
  }
});
