// On leaving the ID number (form[data-known="address"]): whether the person is registered already, and the ways on.
// The organisation is the chosen branch, or the one named by data-known-organization.
import { numberProblem, plain, today } from "./person-rules.js";

for (const form of document.querySelectorAll("form[data-known]")) {
  const id = form.querySelector("[data-idcard]");
  if (!id) continue;
  const place = document.createElement("div");
  place.setAttribute("aria-live", "polite");
  id.closest(".field").append(place);
  let asked = "";

  async function ask() {
    const number = plain(id.value);
    const organization = form.dataset.knownOrganization || new FormData(form).get("branch") || "";
    const question = `${organization} ${number}`;
    if (question === asked) return;
    asked = question;
    place.replaceChildren();
    if (!organization || numberProblem(number, today())) return;
    const body = new FormData();
    body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    body.set("number", number);
    body.set("organization", organization);
    try {
      const answer = await fetch(form.dataset.known, { method: "POST", body });
      if (question === asked && (answer.ok || answer.status === 429)) place.innerHTML = await answer.text();
    } catch {
      asked = ""; // away for a moment: the server says it after sending
    }
  }

  id.addEventListener("blur", ask);
  form.addEventListener("change", (event) => {
    if (event.target.name === "branch") ask();
  });
}
