// Ticks the password rules off while typing.
// <ul data-password-rules data-for="id_password" data-check-url="…"> with <li data-rule="length|classes|blank|run|…">.
// Rules known here are judged at once. On leaving the field the password is posted to the check address, which
// answers {"rule": true|false, …} for those that need ID, phone, the old password or the common list.
const LOCAL = {
  length: (text) => text.length >= 8 && text.length <= 32,
  classes: (text) => [/[A-Z]/, /[a-z]/, /[0-9]/, /[!-/:-@[-`{-~]/].filter((kind) => kind.test(text)).length >= 3,
  blank: (text) => !/\s/.test(text),
  ascii: (text) => /^[!-~]*$/.test(text),
  run: (text) => !hasRun(text.toLowerCase()),
};

function hasRun(text) {
  for (const step of [0, 1, -1]) {
    let length = 1;
    for (let at = 1; at < text.length; at += 1) {
      const next = text.charCodeAt(at) - text.charCodeAt(at - 1) === step && /^[a-z0-9]+$/.test(text.slice(at - 1, at + 1));
      const same = step === 0 && text[at] === text[at - 1];
      length = next || same ? length + 1 : 1;
      if (length >= 4) return true;
    }
  }
  return false;
}

function mark(item, verdict) {
  item.classList.toggle("is-ok", verdict === true);
  item.classList.toggle("is-bad", verdict === false);
  let word = item.querySelector(".sr-only");
  if (!word) {
    word = document.createElement("span");
    word.className = "sr-only";
    item.append(word);
  }
  word.textContent = verdict === true ? "（符合）" : verdict === false ? "（不符合）" : "";
}

async function askServer(list, input) {
  const body = new FormData(input.form);
  body.set("password", input.value);
  const answer = await fetch(list.dataset.checkUrl, { method: "POST", body, headers: { Accept: "application/json" } });
  return answer.ok ? answer.json() : {};
}

for (const list of document.querySelectorAll("[data-password-rules]")) {
  const input = document.getElementById(list.dataset.for);
  const items = Array.from(list.querySelectorAll("[data-rule]"));
  list.setAttribute("aria-live", "polite");
  input.setAttribute("aria-describedby", `${input.getAttribute("aria-describedby") || ""} ${list.id}`.trim());

  input.addEventListener("input", () => {
    for (const item of items) {
      const rule = LOCAL[item.dataset.rule];
      mark(item, input.value && rule ? rule(input.value) : undefined);
    }
  });
  input.addEventListener("blur", async () => {
    if (!input.value || !list.dataset.checkUrl) return;
    const asked = input.value;
    const verdicts = await askServer(list, input);
    if (input.value !== asked) return;
    for (const item of items) {
      if (item.dataset.rule in verdicts) mark(item, verdicts[item.dataset.rule]);
    }
  });
}
