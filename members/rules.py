"""The rules of §5 for one person's data. Pure: values in, verdicts out; `check` gathers them in their order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from django.conf import settings

from accounts import idcard, names, phones
from accounts.enums import EDUCATIONS, ETHNICITIES, PoliticalStatus
from orgs.enums import SECRETARY, Nature
from zhtj.lib.verdict import YES, Verdict, no

NAME, NUMBER, ETHNICITY, STATUS, EDUCATION = "姓名", "身份证号码", "民族", "政治面貌", "学历"
JOINED, IS_CADRE, PHONE = "入团年月", "是否团干部", "手机号码"
WEIBO, QQ, EMAIL, LEAGUE_NUMBER = "微博", "QQ", "邮箱", "发展团员编号"
TITLE, SINCE, NATURE, IN_PARTY = "团内职务", "任现职年月", "团干部性质", "是否同级党委（支部）成员"
COLUMNS = (
    NAME, NUMBER, ETHNICITY, STATUS, EDUCATION, JOINED, IS_CADRE, PHONE,
    WEIBO, QQ, EMAIL, LEAGUE_NUMBER, TITLE, SINCE, NATURE, IN_PARTY,
)  # fmt: skip
REQUIRED = (NAME, NUMBER, ETHNICITY, STATUS, EDUCATION, JOINED, PHONE)
_STATUSES, _NATURES = tuple(PoliticalStatus.values), tuple(Nature.values)
CADRE_COLUMNS = (TITLE, SINCE, NATURE, IN_PARTY)

JOINING_AGE, EARLIER_JOINING_AGE, PARTY_AGE, LEAVING_AGE = 13, 12, 18, 28
NUMBER_DIGITS, CORRECTED_YEARS = 12, 2


@dataclass(
    slots=True
)  # not frozen: an import makes one for every row, and that would take four times as long
class Person:
    """Normalised values of one person; empty where not given. Months are the first day of the month."""

    name: str = ""
    number: str = ""
    ethnicity: str = ""
    status: str = ""
    education: str = ""
    joined: date | None = None
    phone: str = ""
    league_number: str = ""
    is_cadre: bool = False
    title: str = ""
    since: date | None = None
    nature: str = ""
    in_party: bool | None = None
    weibo: str = ""
    qq: str = ""
    email: str = ""

    @property
    def leads(self) -> bool:
        """Whether the person is to be 书记."""
        return self.is_cadre and self.title == SECRETARY


@dataclass(frozen=True, slots=True)
class Problem:
    """A fault in one column: `cause` names the rule, `message` says what is wrong and what to do."""

    column: str
    cause: str
    message: str


def months(earlier: date, later: date) -> int:
    """Whole months between two months; days do not count."""
    return (later.year - earlier.year) * 12 + later.month - earlier.month


def age_on(born: date, day: date) -> int:
    """Full years on a day."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


@cache
def month_of(text: str) -> date:
    """`2016-09` → its first day; for settings."""
    year, month = text.split("-")
    return date(int(year), int(month), 1)


def joining_age(joined: date) -> int:
    """13 years; 12 for those who joined before 2016-09 (*setting*)."""
    earlier = joined < month_of(settings.JOINING_AGE_12_BEFORE)
    return EARLIER_JOINING_AGE if earlier else JOINING_AGE


def joining(born: date, joined: date, *, today: date) -> Verdict:
    """入团年月: not in the future, and old enough; by month, the birth month counts as reached."""
    if joined > today:
        return no("入团年月晚于今天", cause="joined_future", remedy="，请按入团志愿书上的批准年月更正。")
    lived, needed = months(born, joined), joining_age(joined)
    if lived >= needed * 12:
        return YES
    if lived < 0:
        return no(
            "入团年月早于出生年月，入团时不满年龄", cause="joined_age", remedy="，请按实际入团年月更正。"
        )
    reason = f"入团时不满年龄：入团时{lived // 12}岁{lived % 12}个月，应满{needed}周岁"
    remedy = f"。请把入团年月更正为年满{needed}周岁之后的实际入团年月。"
    return no(reason, cause="joined_age", remedy=remedy)


def current_age(born: date, *, holds_post: bool, today: date) -> Verdict:
    """Below 28, unless the person holds a post; party members keep the 团籍 until 28 too."""
    age = age_on(born, today)
    if age < LEAVING_AGE or holds_post:
        return YES
    reason = f"已满{LEAVING_AGE}周岁（现{age}周岁），且没有团内职务"
    return no(reason, cause="over_age", remedy="，应办理超龄离团，不再录入；担任团内职务的请填写团内职务。")


def needs_league_number(joined: date) -> bool:
    """Whether a 发展团员编号 is required: from 2016-01 (*setting*)."""
    return joined >= month_of(settings.NUMBER_REQUIRED_FROM)


def league_number(number: str, born: date | None, joined: date) -> Verdict:
    """发展团员编号: given where required, 12 digits, the joining year in front.

    The year may be one or two earlier where the person had not reached the joining age when that year began:
    such a joining date was corrected, the number stayed.
    """
    if not number:
        if not needs_league_number(joined):
            return YES
        reason = f"缺发展团员编号：{settings.NUMBER_REQUIRED_FROM[:4]}年及以后入团的必须填写"
        return no(reason, cause="number_missing", remedy="，请向发展其入团的组织查询。")
    if not is_league_number(number):
        reason = f"发展团员编号不是{NUMBER_DIGITS}位数字（现为{len(number)}位）"
        return no(reason, cause="number_shape", remedy="，请对照入团志愿书填写。")
    year = int(number[:4])
    if year == joined.year or (born is not None and _corrected(year, born, joined)):
        return YES
    reason = f"发展团员编号前四位与入团年份不符：编号是{number[:4]}，入团年份是{joined.year}"
    return no(reason, cause="number_year", remedy="，请核对编号和入团年月。")


def is_league_number(number: str) -> bool:
    """Whether it has the shape of a 发展团员编号."""
    return len(number) == NUMBER_DIGITS and number.isascii() and number.isdigit()


def _corrected(year: int, born: date, joined: date) -> bool:
    if not joined.year - CORRECTED_YEARS <= year < joined.year:
        return False
    began = date(year, 1, 1)
    return months(born, began) < joining_age(began) * 12


def post_since(since: date, joined: date | None, *, today: date) -> Verdict:
    """任现职年月: not in the future, not before 入团年月."""
    if since > today:
        return no("任现职年月晚于今天", cause="since_future", remedy="，请更正。")
    if joined and since < joined:
        return no("任现职年月早于入团年月", cause="since_before_joined", remedy="，请核对两个年月。")
    return YES


def party_joined(born: date, joined: date, *, today: date) -> Verdict:
    """入党年月: not in the future, at least 18 years."""
    if joined > today:
        return no("入党年月晚于今天", cause="party_future", remedy="，请更正。")
    if months(born, joined) < PARTY_AGE * 12:
        return no(f"入党时不满{PARTY_AGE}周岁", cause="party_age", remedy="，请核对入党年月。")
    return YES


def volunteer_since(day: date, *, today: date) -> Verdict:
    """注册志愿者时间: not in the future."""
    return (
        YES if day <= today else no("注册志愿者时间晚于今天", cause="volunteer_future", remedy="，请更正。")
    )


def status_of(status: str, *, is_cadre: bool) -> Verdict:
    """群众 can only be a cadre."""
    if status != PoliticalStatus.MASSES or is_cadre:
        return YES
    return no("政治面貌为群众的只能是团干部", cause="masses", remedy="，请核对政治面貌，或填写团内职务。")


def check(person: Person, *, titles: tuple[str, ...], holds_post: bool, today: date) -> Iterator[Problem]:
    """Every fault of the values themselves: required, then value, then cross-field; within each in template order.

    `titles` are the posts of the target's category, `holds_post` whether the system knows a post elsewhere.
    """
    sound = idcard.problem(person.number, today=today)
    yield from _missing(person)
    yield from _values(person, sound, titles, today=today)
    born = idcard.birth_date(person.number) if sound.allowed else None
    yield from _across(person, born, holds_post=holds_post, today=today)


def _missing(person: Person) -> Iterator[Problem]:
    given = (
        person.name,
        person.number,
        person.ethnicity,
        person.status,
        person.education,
        person.joined,
        person.phone,
    )
    if all(given):
        return
    for column, value in zip(REQUIRED, given, strict=True):
        if not value:
            yield required(column)


def required(column: str) -> Problem:
    """The fault of an empty cell that must be filled."""
    return Problem(column, "required", f"{column}必填，请填写。")


def _values(person: Person, sound: Verdict, titles: tuple[str, ...], *, today: date) -> Iterator[Problem]:
    if person.name:
        yield from problem(NAME, names.problem(person.name))
    if person.number:
        yield from problem(NUMBER, sound)
    if person.ethnicity and person.ethnicity not in ETHNICITIES:
        yield _unlisted(ETHNICITY, person.ethnicity, ETHNICITIES)
    if person.status and person.status not in _STATUSES:
        yield _unlisted(STATUS, person.status, _STATUSES)
    if person.education and person.education not in EDUCATIONS:
        yield _unlisted(EDUCATION, person.education, EDUCATIONS)
    if person.joined and person.joined > today:
        yield from problem(JOINED, joining(person.joined, person.joined, today=today))
    if person.phone:
        yield from problem(PHONE, phones.problem(person.phone))
    if person.title and person.title not in titles:
        yield _unlisted(TITLE, person.title, titles)
    if person.nature and person.nature not in _NATURES:
        yield _unlisted(NATURE, person.nature, _NATURES)


def _unlisted(column: str, value: str, choices: Sequence[str]) -> Problem:
    known = "、".join(choices[:12])
    more = "等" if len(choices) > 12 else ""
    return Problem(column, "not_listed", f"{column}不在列表：“{value}”。可填：{known}{more}。")


def _across(person: Person, born: date | None, *, holds_post: bool, today: date) -> Iterator[Problem]:
    if born:
        yield from problem(NUMBER, current_age(born, holds_post=holds_post or person.is_cadre, today=today))
    yield from problem(STATUS, status_of(person.status, is_cadre=person.is_cadre))
    if born and person.joined and person.joined <= today:
        yield from problem(JOINED, joining(born, person.joined, today=today))
    if person.joined and needs_league_number(person.joined):
        yield from problem(LEAGUE_NUMBER, league_number(person.league_number, born, person.joined))
    if person.is_cadre:
        yield from _cadre(person, today=today)


def _cadre(person: Person, *, today: date) -> Iterator[Problem]:
    given = (person.title, person.since, person.nature, person.in_party)
    for column, value in zip(CADRE_COLUMNS, given, strict=True):
        if value in ("", None):
            yield Problem(column, "cadre_required", f"缺{column}：团干部必须填写{column}。")
    if person.since:
        yield from problem(SINCE, post_since(person.since, person.joined, today=today))


def birth_date(number: str, *, today: date) -> date | None:
    """The birth date where the number is sound."""
    return idcard.birth_date(number) if idcard.problem(number, today=today) else None


def problem(column: str, verdict: Verdict) -> Sequence[Problem]:
    """The fault behind a refusal, if it is one."""
    if verdict.allowed:
        return ()
    message = verdict.message
    return (Problem(column, verdict.cause, message if message.endswith("。") else f"{message}。"),)
