// The rules about a person that follow from what is typed, as members/rules.py and accounts/idcard.py have them: the
// same causes and the same words. Pure: numbers as texts, months as {year, month}, days as {year, month, day}.
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECKS = "10X98765432";
const JOINING_AGE = 13;
const EARLIER_JOINING_AGE = 12;
const LEAVING_AGE = 28;
const CORRECTED_YEARS = 2;

const fault = (cause, message) => ({ cause, message });
const order = (day) => day.year * 10000 + day.month * 100 + (day.day || 1);
const months = (earlier, later) => (later.year - earlier.year) * 12 + later.month - earlier.month;

export function plain(text) {
  return text.normalize("NFKC").replace(/\s/g, "").toUpperCase();
}

export function month(text) {
  const [year, at] = text.split("-").map(Number);
  return { year, month: at };
}

export function today() {
  const now = new Date();
  return { year: now.getFullYear(), month: now.getMonth() + 1, day: now.getDate() };
}

export function birth(number) {
  const [year, at, day] = [number.slice(6, 10), number.slice(10, 12), number.slice(12, 14)].map(Number);
  const date = new Date(2000, 0, 1);
  date.setFullYear(year, at - 1, day);
  const real = year > 0 && date.getFullYear() === year && date.getMonth() === at - 1 && date.getDate() === day;
  return real ? { year, month: at, day } : null;
}

export function numberProblem(number, now) {
  if (number.length !== 18) {
    const way = number.length < 18 ? "不足" : "超过";
    return fault("id_length", `身份证号码${way}18位（现为${number.length}位），请对照身份证填写完整的18位号码`);
  }
  if (!/^\d{17}[\dX]$/.test(number)) return fault("id_characters", "身份证号码只能是数字，末位可以是X，请对照身份证改正");
  const born = birth(number);
  if (!born) return fault("id_birth", "身份证号码中的出生日期不存在，请对照身份证改正第7至14位");
  if (order(born) > order(now)) return fault("id_birth", "身份证号码中的出生日期晚于今天，请对照身份证改正第7至14位");
  const sum = WEIGHTS.reduce((total, weight, at) => total + weight * Number(number[at]), 0);
  if (CHECKS[sum % 11] !== number[17]) return fault("id_check", "身份证号码校验码不符，号码中有填错的数字，请对照身份证逐位核对");
  return null;
}

export function sex(number) {
  return Number(number[16]) % 2 ? "男" : "女";
}

export function age(born, now) {
  const passed = now.month > born.month || (now.month === born.month && now.day >= born.day);
  return now.year - born.year - (passed ? 0 : 1);
}

export function overAge(born, holdsPost, now) {
  const years = age(born, now);
  if (years < LEAVING_AGE || holdsPost) return null;
  const remedy = "应办理超龄离团，不再录入；担任团内职务的请填写团内职务。";
  return fault("over_age", `已满${LEAVING_AGE}周岁（现${years}周岁），且没有团内职务，${remedy}`);
}

function joiningAge(joined, settings) {
  return order(joined) < order(settings.twelveBefore) ? EARLIER_JOINING_AGE : JOINING_AGE;
}

export function joiningProblem(born, joined, now, settings) {
  if (order(joined) > order(now)) return fault("joined_future", "入团年月晚于今天，请按入团志愿书上的批准年月更正。");
  const lived = months(born, joined);
  const needed = joiningAge(joined, settings);
  if (lived >= needed * 12) return null;
  if (lived < 0) return fault("joined_age", "入团年月早于出生年月，入团时不满年龄，请按实际入团年月更正。");
  const then = `入团时${Math.floor(lived / 12)}岁${lived % 12}个月，应满${needed}周岁`;
  return fault("joined_age", `入团时不满年龄：${then}。请把入团年月更正为年满${needed}周岁之后的实际入团年月。`);
}

export function needsLeagueNumber(joined, settings) {
  return order(joined) >= order(settings.numberFrom);
}

export function leagueNumberProblem(number, born, joined, settings) {
  if (!number) {
    if (!needsLeagueNumber(joined, settings)) return null;
    const from = settings.numberFrom.year;
    return fault("number_missing", `缺发展团员编号：${from}年及以后入团的必须填写，请向发展其入团的组织查询。`);
  }
  if (!/^\d{12}$/.test(number)) {
    return fault("number_shape", `发展团员编号不是12位数字（现为${number.length}位），请对照入团志愿书填写。`);
  }
  const year = Number(number.slice(0, 4));
  if (year === joined.year || (born && corrected(year, born, joined, settings))) return null;
  const said = `编号是${number.slice(0, 4)}，入团年份是${joined.year}`;
  return fault("number_year", `发展团员编号前四位与入团年份不符：${said}，请核对编号和入团年月。`);
}

function corrected(year, born, joined, settings) {
  if (year < joined.year - CORRECTED_YEARS || year >= joined.year) return false;
  const began = { year, month: 1 };
  return months(born, began) < joiningAge(began, settings) * 12;
}
