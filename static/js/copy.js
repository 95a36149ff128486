// Buttons with data-copy="text" put that text on the clipboard and say so beside the button.
async function put(text) {
  if (navigator.clipboard && window.isSecureContext) return navigator.clipboard.writeText(text);
  const area = document.createElement("textarea");
  area.value = text;
  area.className = "sr-only";
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  if (!done) throw new Error("copy refused");
  return undefined;
}

function voice(button) {
  let said = button.nextElementSibling;
  if (!said || !said.matches(".copy-said")) {
    said = document.createElement("span");
    said.className = "copy-said";
    said.setAttribute("role", "status");
    button.after(said);
  }
  return said;
}

const show = (root) => root.querySelectorAll("[data-copy][hidden]").forEach((button) => (button.hidden = false));

show(document);
document.addEventListener("htmx:load", (event) => show(event.target));
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const said = voice(button);
  try {
    await put(button.dataset.copy);
    said.textContent = "已复制";
  } catch {
    said.textContent = "浏览器不允许复制，请选中后按 Ctrl+C。";
  }
  button.focus();
});
