"""Believable people: names, ID numbers that match nobody, dates that satisfy every rule of §5. Pure and seeded."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count
from random import Random

from accounts.idcard import check_character

SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
GIVEN = {
    "男": (
        "伟",
        "强",
        "磊",
        "军",
        "洋",
        "勇",
        "杰",
        "涛",
        "明",
        "超",
        "浩然",
        "子轩",
        "宇航",
        "俊杰",
        "文博",
        "志远",
        "天佑",
        "嘉豪",
        "思源",
        "鹏飞",
        "建国",
        "海涛",
        "晓东",
        "一鸣",
        "泽宇",
        "瑞",
        "凯",
        "晨曦",
        "立新",
        "永康",
    ),
    "女": (
        "芳",
        "娜",
        "敏",
        "静",
        "丽",
        "艳",
        "娟",
        "霞",
        "秀英",
        "玉兰",
        "桂英",
        "雨欣",
        "梦洁",
        "诗涵",
        "思琪",
        "佳怡",
        "欣然",
        "若彤",
        "婷婷",
        "雪",
        "慧",
        "莹",
        "丹",
        "雅文",
        "子涵",
        "晓燕",
        "海燕",
        "红梅",
        "语嫣",
        "可馨",
    ),
}
ETHNIC_NAMES = (
    ("古丽努尔·买买提江", "女", "维吾尔族"),
    ("阿依夏木·吐尔逊", "女", "维吾尔族"),
    ("麦麦提艾力·阿卜杜拉", "男", "维吾尔族"),
    ("努尔艾力·玉素甫", "男", "维吾尔族"),
    ("阿依古丽·卡德尔", "女", "维吾尔族"),
    ("叶尔兰·巴合提", "男", "哈萨克族"),
    ("阿依达娜·赛力克", "女", "哈萨克族"),
    ("马晓明", "男", "回族"),
    ("马秀花", "女", "回族"),
    ("巴特尔", "男", "蒙古族"),
    ("其木格", "女", "蒙古族"),
)
YI_NAMES = (
    ("阿木拉且", "男", "彝族"),
    ("吉克阿呷", "女", "彝族"),
    ("沙马拉作", "男", "彝族"),
    ("阿苦伍呷", "女", "彝族"),
)
PHONE_PREFIXES = ("163", "164", "168", "169")  # given to no operator, so that nobody is called
NUMBER_FROM = 2016
PROVINCE_SERIES = {"659098": "66"}  # of the 发展团员编号; elsewhere the first two digits of the ID


@dataclass(frozen=True)
class Crowd:
    """What people of one kind have in common: ages from–to, what they learn or do."""

    youngest: int
    oldest: int
    education: str
    occupation: str


CROWDS = {
    "student": Crowd(20, 22, "本科（在读）", "学生"),
    "fresher": Crowd(19, 21, "本科（在读）", "学生"),
    "graduate": Crowd(23, 26, "硕士（在读）", "学生"),
    "pupil": Crowd(15, 16, "高中（在读）", "学生"),
    "pupil2": Crowd(16, 17, "高中（在读）", "学生"),
    "teacher": Crowd(23, 27, "本科", "教师"),
    "worker": Crowd(20, 27, "大专", "工人"),
    "farmer": Crowd(20, 27, "高中", "农工"),
    "villager": Crowd(18, 27, "高中", "农民"),
    "official": Crowd(29, 46, "本科", "公务员"),
}


@dataclass(frozen=True)
class Person:
    """One person; `league_number` only where §5 asks for it."""

    name: str
    number: str
    phone: str
    sex: str
    born: date
    ethnicity: str
    political_status: str
    education: str
    occupation: str
    joined: date
    league_number: str | None
    party_joined: date | None


@dataclass
class Maker:
    """Makes people in a fixed order: the same `today` gives the same people."""

    today: date
    random: Random = field(default_factory=lambda: Random(20191101))
    _sequences: dict[tuple[str, date], int] = field(default_factory=dict)
    _numbers: count = field(default_factory=lambda: count(900001))
    _phones: count = field(default_factory=lambda: count(1))

    def person(self, crowd_name: str, region: str, *, name: str = "") -> Person:
        """A person of a kind, from a region; `name` fixes one of the names with an ethnicity."""
        crowd = CROWDS[crowd_name]
        name, sex, ethnicity = self._name(region, name)
        born = self._birthday(crowd)
        joined = self._joined(born)
        party = self._party(born, crowd_name)
        return Person(
            name=name,
            number=self._number(region, born, sex),
            phone=self._phone(),
            sex=sex,
            born=born,
            ethnicity=ethnicity,
            political_status="中共党员" if party else "共青团员",
            education=crowd.education,
            occupation=crowd.occupation,
            joined=joined,
            league_number=self._league_number(region, joined),
            party_joined=party,
        )

    def _name(self, region: str, fixed: str) -> tuple[str, str, str]:
        named = {each[0]: each for each in (*ETHNIC_NAMES, *YI_NAMES)}
        if fixed in named:
            return named[fixed]
        local = {"6590": (0.12, ETHNIC_NAMES), "5101": (0.5, YI_NAMES)}.get(region[:4])
        if not fixed and local and self.random.random() < local[0]:
            return self.random.choice(local[1])
        sex = self.random.choice("男女")
        return fixed or self.random.choice(SURNAMES) + self.random.choice(GIVEN[sex]), sex, "汉族"

    def _birthday(self, crowd: Crowd) -> date:
        age = self.random.randint(crowd.youngest, crowd.oldest)
        return years_before(self.today, age) - timedelta(days=self.random.randint(3, 350))

    def _joined(self, born: date) -> date:
        """In May or December of the year of the 14th birthday, the latest one gone by: never below 13 years."""
        joined = date(born.year + 14, self.random.choice((5, 12)), 1)
        return min(joined, self.today.replace(day=1))

    def _party(self, born: date, crowd_name: str) -> date | None:
        grown = date(born.year + 20, 6, 1)
        chance = 0.9 if crowd_name == "official" else 0.06
        return grown if grown < self.today and self.random.random() < chance else None

    def _number(self, region: str, born: date, sex: str) -> str:
        sequence = self._sequences.get((region, born)) or self.random.randint(11, 900)
        sequence += 1
        if sequence % 2 != (sex == "男"):
            sequence += 1
        self._sequences[region, born] = sequence
        digits = f"{region}{born:%Y%m%d}{sequence:03d}"
        return digits + check_character(digits)

    def _phone(self) -> str:
        at = next(self._phones)
        return PHONE_PREFIXES[at % len(PHONE_PREFIXES)] + f"{at * 7919 % 100_000_000:08d}"

    def _league_number(self, region: str, joined: date) -> str | None:
        if joined.year < NUMBER_FROM:
            return None
        return f"{joined.year}{PROVINCE_SERIES.get(region, region[:2])}{next(self._numbers)}"


def years_before(day: date, years: int) -> date:
    """The same day `years` earlier; 28 February for a leap day."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)
