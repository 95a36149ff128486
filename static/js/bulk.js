// Lists with check boxes (form[data-bulk]): the bar [data-bulk-bar] appears on selection with the count, in
// the unit that data-bulk-count names, else 条;
// a box with data-bulk-all in the header takes all rows of the page. Outside tables the boxes carry data-bulk-box.
for (const form of document.querySelectorAll("form[data-bulk]")) {
  const bar = form.querySelector("[data-bulk-bar]");
  if (!bar) continue; // a list of which nothing can be chosen
  const count = form.querySelector("[data-bulk-count]");
  const all = form.querySelector("[data-bulk-all]");
  const boxes = () => Array.from(form.querySelectorAll("tbody input[type=checkbox], input[data-bulk-box]"));
  const tell = () => {
    const chosen = boxes().filter((box) => box.checked).length;
    bar.hidden = chosen === 0;
    count.textContent = `已选 ${chosen} ${count.dataset.bulkCount || "条"}`;
    if (!all) return;
    all.checked = chosen > 0 && chosen === boxes().length;
    all.indeterminate = chosen > 0 && !all.checked;
  };
  if (all) {
    (all.closest("label[hidden]") || all).hidden = false;
    all.addEventListener("change", () => {
      boxes().forEach((box) => (box.checked = all.checked));
      tell();
    });
  }
  form.addEventListener("change", tell);
  tell();
}
