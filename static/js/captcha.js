// 换一张 (data-captcha-refresh="address answering {key, image_url, words_url}") loads a new captcha without a reload;
// 文字题 (data-captcha-words, a link to the same sum in words) shows it in [data-captcha-question] beside.
// All stand inside one data-captcha element with input[type=hidden] for the key and an img.
const asScript = { headers: { "X-Requested-With": "XMLHttpRequest" } };

function answerField(box) {
  return box.querySelector("input:not([type=hidden])");
}

async function renew(box, address) {
  const answer = await fetch(address, asScript);
  if (!answer.ok) {
    window.location.reload();
    return;
  }
  const fresh = await answer.json();
  box.querySelector("input[type=hidden]").value = fresh.key;
  box.querySelector("img").src = fresh.image_url;
  box.querySelector("[data-captcha-words]").href = fresh.words_url;
  box.querySelector("[data-captcha-question]").textContent = "";
  answerField(box).value = "";
  answerField(box).focus();
}

async function showWords(box, link) {
  const answer = await fetch(link.href, asScript);
  const { question } = await answer.json();
  box.querySelector("[data-captcha-question]").textContent = question;
  answerField(box).focus();
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-captcha-refresh], [data-captcha-words]");
  const box = link && link.closest("[data-captcha]");
  if (!box) return;
  event.preventDefault();
  if (link.dataset.captchaRefresh) renew(box, link.dataset.captchaRefresh);
  else showWords(box, link);
});
