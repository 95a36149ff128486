// While an ID number is typed (data-idcard): a fault, or the sex, birth month and age that follow from it. A number
// that came back with its error is not told twice.
import { afterPress } from "./after-press.js";
import { age, birth, numberProblem, plain, sex, today } from "./person-rules.js";

function words(number, now) {
  const born = birth(number);
  return `${sex(number)}，${born.year}-${String(born.month).padStart(2, "0")} 出生，${age(born, now)} 岁`;
}

for (const input of document.querySelectorAll("[data-idcard]")) {
  const line = document.createElement("p");
  line.className = "field-live";
  line.setAttribute("aria-live", "polite");
  input.after(line);
  const refused = input.closest(".has-error") ? input.value : "";
  const tell = (leaving) => {
    const number = plain(input.value);
    const now = today();
    const known = number && input.value !== refused && (leaving || number.length >= 18);
    const found = known ? numberProblem(number, now) : null;
    line.textContent = found ? `${found.message}。` : known ? words(number, now) : "";
    line.classList.toggle("is-wrong", Boolean(found));
  };
  input.addEventListener("input", () => tell(false));
  input.addEventListener("blur", () => afterPress(() => tell(true)));
  if (input.value) tell(true);
}
