// While 入团年月 and 发展团员编号 are filled in (form[data-joining]): whether the person was old enough, whether a
// number is needed, and whether it fits the year. The server says the same after sending.
import { afterPress } from "./after-press.js";
import { birth, joiningProblem, leagueNumberProblem, month, needsLeagueNumber, numberProblem, overAge, plain, today } from "./person-rules.js";

function lineAfter(element) {
  const line = document.createElement("p");
  line.className = "field-live";
  line.setAttribute("aria-live", "polite");
  element.after(line);
  const field = element.closest(".field");
  const told = [...(field ? field.querySelectorAll(".field-error") : [])].map((each) => each.textContent).join();
  return (found, otherwise = "") => {
    const wrong = Boolean(found) && !told.includes(found.message.replace(/。$/, "")); // the server has said it below
    line.textContent = wrong ? found.message : found ? "" : otherwise;
    line.classList.toggle("is-wrong", wrong);
    line.classList.toggle("is-hint", !wrong);
  };
}

for (const form of document.querySelectorAll("form[data-joining]")) {
  const year = form.querySelector("[name=joined_year]");
  const at = form.querySelector("[name=joined_month]");
  if (!year || !at) continue; // nothing about joining is asked here
  const settings = { numberFrom: month(form.dataset.numberFrom), twelveBefore: month(form.dataset.twelveBefore) };
  const id = form.querySelector("[data-idcard]");
  const number = form.querySelector("[name=league_number], [name=member_number]");
  const ofAge = id && form.querySelector("[name=is_cadre]") ? lineAfter(id.closest(".field").lastElementChild) : null;
  const ofJoining = lineAfter(at.closest(".group") || at);
  const ofNumber = number ? lineAfter(number) : null;

  const tell = (leaving) => {
    const now = today();
    const given = id ? plain(id.value) : "";
    const born = given && !numberProblem(given, now) ? birth(given) : null;
    const joined = year.value && at.value ? { year: Number(year.value), month: Number(at.value) } : null;
    if (ofAge) ofAge(born ? overAge(born, new FormData(form).get("is_cadre") === "yes", now) : null);
    ofJoining(joined && born ? joiningProblem(born, joined, now, settings) : null);
    if (!ofNumber) return;
    if (!joined) return ofNumber(null);
    const typed = plain(number.value);
    const needed = needsLeagueNumber(joined, settings);
    const judged = typed && (leaving || typed.length >= 12);
    const hint = needed ? `${settings.numberFrom.year}年及以后入团，必须填写。` : `${settings.numberFrom.year}年以前入团，可以不填。`;
    ofNumber(judged && needed ? leagueNumberProblem(typed, born, joined, settings) : null, typed ? "" : hint);
  };
  form.addEventListener("input", () => tell(false));
  form.addEventListener("change", () => afterPress(() => tell(true)));
  tell(true);
}
