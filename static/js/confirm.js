// The button of a confirm page waits until the 简称 asked for (data-confirm-text) has been typed.
for (const input of document.querySelectorAll("[data-confirm-text]")) {
  const button = input.form.querySelector("button:not([type=button])");
  const check = () => {
    button.disabled = input.value.trim() !== input.dataset.confirmText;
  };
  input.addEventListener("input", check);
  check();
}
