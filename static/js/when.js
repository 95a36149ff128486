// A block with data-when="field=value" shows only while that choice (or one of value|value) is made; without
// JavaScript it always shows.
for (const block of document.querySelectorAll("[data-when]")) {
  const [name, value] = block.dataset.when.split("=");
  const form = block.closest("form");
  const tell = () => {
    block.hidden = !value.split("|").includes(new FormData(form).get(name));
  };
  form.addEventListener("change", tell);
  tell();
}
