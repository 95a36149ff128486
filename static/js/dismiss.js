// Messages stay until the reader closes them (data-dismiss).
for (const button of document.querySelectorAll("[data-dismiss]")) button.hidden = false;

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-dismiss]");
  if (!button) return;
  button.closest(".note").remove();
  document.getElementById("main")?.focus();
});
