// The error summary takes the focus when the page comes back with faults; its links put the cursor into the field.
const summary = document.querySelector("[data-errors]");
if (summary) summary.focus();

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-errors] a");
  const field = link && document.getElementById(link.hash.slice(1));
  if (!field) return;
  event.preventDefault();
  field.focus();
  field.closest(".field")?.scrollIntoView({ block: "center" });
});
