// While an ID number is typed (data-idcard): a fault, or the sex, birth month and age that follow from it.
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECKS = "10X98765432";

function plain(text) {
  const half = text.replace(/[\uff01-\uff5e]/g, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0));
  return half.replace(/\s/g, "").toUpperCase();
}

function birth(number) {
  const [year, month, day] = [number.slice(6, 10), number.slice(10, 12), number.slice(12, 14)].map(Number);
  const date = new Date(year, month - 1, day);
  const real = date.getFullYear() === year && date.getMonth() === month - 1 && date.getDate() === day;
  return real && date <= new Date() ? date : null;
}

function read(number) {
  if (number.length < 18) return null;
  if (!/^\d{17}[\dX]$/.test(number)) return { fault: "身份证号码应为 18 位，前 17 位是数字，最后一位是数字或 X。" };
  const date = birth(number);
  if (!date) return { fault: "第 7 至 14 位不是真实的出生日期，请对照身份证核对。" };
  const sum = WEIGHTS.reduce((total, weight, at) => total + weight * Number(number[at]), 0);
  if (CHECKS[sum % 11] !== number[17]) return { fault: "最后一位与前 17 位不符，请对照身份证核对。" };
  const now = new Date();
  const passed = now.getMonth() > date.getMonth() || (now.getMonth() === date.getMonth() && now.getDate() >= date.getDate());
  const age = now.getFullYear() - date.getFullYear() - (passed ? 0 : 1);
  const month = String(date.getMonth() + 1).padStart(2, "0");
  return { words: `${Number(number[16]) % 2 ? "男" : "女"}，${date.getFullYear()}-${month} 出生，${age} 岁` };
}

for (const input of document.querySelectorAll("[data-idcard]")) {
  const line = document.createElement("p");
  line.className = "field-live";
  line.setAttribute("aria-live", "polite");
  input.after(line);
  const tell = (leaving) => {
    const number = plain(input.value);
    const found = read(number) || (leaving && number ? { fault: `身份证号码应为 18 位，现在是 ${number.length} 位。` } : null);
    line.textContent = found ? found.fault || found.words : "";
    line.classList.toggle("is-wrong", Boolean(found && found.fault));
  };
  input.addEventListener("input", () => tell(false));
  input.addEventListener("blur", () => tell(true));
  if (input.value) tell(true);
}
