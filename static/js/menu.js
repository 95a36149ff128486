// Pop-up menus and the drawer (details[data-pop]): close on Escape, on a click elsewhere, and one at a time.
document.addEventListener("click", (event) => {
  for (const pop of document.querySelectorAll("details[data-pop][open]")) {
    const inside = pop.contains(event.target);
    // The drawer's shade is drawn by the details element itself.
    if (!inside || event.target === pop) pop.open = false;
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const pop of document.querySelectorAll("details[data-pop][open]")) {
    pop.open = false;
    pop.querySelector("summary").focus();
  }
});
