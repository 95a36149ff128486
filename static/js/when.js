// A block with data-when="field=value" shows only while that choice (or one of value|value) is made; without
// JavaScript it always shows. With data-must everything in it has to be filled, and is marked so.
function mark(block) {
  for (const label of block.querySelectorAll(".field-label")) {
    const star = document.createElement("span");
    star.className = "field-mark";
    star.setAttribute("aria-hidden", "true");
    star.textContent = "*";
    label.append(star);
  }
  for (const input of block.querySelectorAll("input, select")) input.setAttribute("aria-required", "true");
}

for (const block of document.querySelectorAll("[data-when]")) {
  const [name, value] = block.dataset.when.split("=");
  const form = block.closest("form");
  const tell = () => {
    block.hidden = !value.split("|").includes(new FormData(form).get(name));
  };
  if ("must" in block.dataset) mark(block);
  form.addEventListener("change", tell);
  tell();
}
