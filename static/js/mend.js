// Cells put right in their rows (form[data-mend]): Enter saves, the answer takes the row's place, and the focus goes to
// the first cell that is still wrong there, else to the next faulty cell below.
const inputs = () => Array.from(document.querySelectorAll(".mend-input"));

document.addEventListener("htmx:afterSwap", (event) => {
  const form = event.detail.requestConfig && event.detail.requestConfig.elt;
  if (!form || !form.matches("form[data-mend]")) return;
  const row = document.getElementById(form.id.replace("mend-", "row-"));
  if (!row) return;
  const next = row.querySelector(".mend-input") || inputs().find((input) => row.compareDocumentPosition(input) & Node.DOCUMENT_POSITION_FOLLOWING);
  if (!next) return;
  next.focus();
  next.select();
});

// Two rows saved at once would answer each other; the button of a row that is being checked waits.
document.addEventListener("htmx:beforeRequest", (event) => {
  if (!event.target.matches("form[data-mend]")) return;
  const button = event.target.querySelector("button");
  button.disabled = true;
  button.textContent = "核对中…";
});

for (const kind of ["htmx:responseError", "htmx:sendError"]) {
  document.addEventListener(kind, (event) => {
    if (event.target.matches("form[data-mend]")) event.target.submit(); // the page itself says what is wrong
  });
}
