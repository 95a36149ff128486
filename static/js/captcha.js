// 换一张 (data-captcha-refresh="address answering {key, image_url, audio_url}") loads a new captcha without a reload.
// Inside the same data-captcha element: input[type=hidden] for the key, img, and optionally [data-captcha-audio].
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-captcha-refresh]");
  if (!button) return;
  event.preventDefault();
  const box = button.closest("[data-captcha]");
  const answer = await fetch(button.dataset.captchaRefresh, { headers: { "X-Requested-With": "XMLHttpRequest" } });
  if (!answer.ok) {
    window.location.reload();
    return;
  }
  const fresh = await answer.json();
  box.querySelector("input[type=hidden]").value = fresh.key;
  box.querySelector("img").src = fresh.image_url;
  const audio = box.querySelector("[data-captcha-audio]");
  if (audio && fresh.audio_url) audio.setAttribute(audio.tagName === "A" ? "href" : "src", fresh.audio_url);
  const input = box.querySelector("input:not([type=hidden])");
  input.value = "";
  input.focus();
});
