"""The organisations of the demo country, as data."""

from __future__ import annotations

from dataclasses import dataclass

from orgs.enums import Category, Level


@dataclass(frozen=True)
class Site:
    """One organisation: what it is, who its people are, and what lies below it.

    `members` counts the people of a branch and `crowd` names their kind; `vacant` leaves it without administrators.
    """

    short_name: str
    category: str
    below: tuple[Site, ...] = ()
    level: int | None = None
    members: int = 0
    crowd: str = ""
    vacant: bool = False
    industry: str = ""
    address: str = ""
    region: str = ""


def body(short_name: str, level: int, *below: Site, **facts) -> Site:
    """A leading body."""
    return Site(short_name, Category.LEADING_BODY, below, level=level, **facts)


def committee(short_name: str, *below: Site, **facts) -> Site:
    """A 团委."""
    return Site(short_name, Category.COMMITTEE, below, **facts)


def branches(names: tuple[str, ...], members: int, crowd: str) -> tuple[Site, ...]:
    """Peopled 团支部; their sizes differ a little."""
    return tuple(
        Site(name, Category.BRANCH, members=members + at * 5 % 7, crowd=crowd)
        for at, name in enumerate(names)
    )


def classes(year: int, count: int, members: int, crowd: str) -> tuple[Site, ...]:
    """`2024级1班团支部` and so on."""
    return branches(tuple(f"{year}级{at}班团支部" for at in range(1, count + 1)), members, crowd)


EMPTY_CLASSES = tuple(Site(f"2023级{at}班团支部", Category.BRANCH, vacant=True) for at in range(1, 21))
FRESHMEN = Site("2019级新生临时团支部", Category.BRANCH, vacant=True)

MEDICINE = committee(
    "石河子大学医学院团委", *EMPTY_CLASSES, FRESHMEN, industry="教育", address="石河子市北二路59号"
)
MACHINES = committee(
    "石河子大学机械电气工程学院团委",
    *classes(2023, 6, 30, "student"),
    *classes(2024, 6, 28, "fresher"),
    industry="教育",
    address="石河子市北四路221号",
)
AGRICULTURE = committee(
    "石河子大学农学院团委",
    *classes(2023, 4, 26, "student"),
    Site(
        "研究生团总支",
        Category.GENERAL_BRANCH,
        branches(("2025级硕士团支部", "2025级博士团支部"), 22, "graduate"),
    ),
    *branches(("青年教师团支部",), 9, "teacher"),
    industry="教育",
    address="石河子市北四路221号",
)
CORPS = body(
    "新疆生产建设兵团团委",
    Level.PROVINCE,
    committee(
        "石河子大学团委", MEDICINE, MACHINES, AGRICULTURE, industry="教育", address="石河子市北四路221号"
    ),
    body(
        "团第八师石河子市委",
        Level.CITY,
        committee(
            "一四三团团委",
            *branches(("一连团支部", "二连团支部", "园林连团支部"), 14, "farmer"),
            industry="农、林、牧、渔业",
        ),
    ),
    region="659098",
    address="乌鲁木齐市光明路196号",
)

LONG_COMMITTEE = committee(
    "长山镇范公文化产业园区与仁和新型社区联合团委",
    *branches(
        ("北范村、东辛村及长山湖移民新村流动团员（含外出务工返乡创业青年）团支部", "仁和新型社区团支部"),
        12,
        "villager",
    ),
    industry="公共管理、社会保障和社会组织",
    address="淄博市邹平县长山镇范公路18号",
)
ZOUPING = body(
    "团邹平县委",
    Level.COUNTY,
    *branches(
        ("北关村团支部", "醴泉村团支部", "东景村团支部", "青阳店村团支部", "韩家村团支部"), 16, "villager"
    ),
    LONG_COMMITTEE,
    committee(
        "邹平铭兴机械制造有限公司团委",
        *branches(("铸造车间团支部", "装配车间团支部", "机关后勤团支部"), 18, "worker"),
        industry="制造业",
        address="淄博市邹平县会仙三路77号",
    ),
    committee(
        "邹平黄山高级中学团委",
        *classes(2025, 8, 20, "pupil"),
        *classes(2024, 8, 38, "pupil2"),
        *branches(("教师团支部",), 11, "teacher"),
        industry="教育",
        address="淄博市邹平县黄山三路106号",
    ),
    address="淄博市邹平县黛溪三路567号",
)
SHANDONG = body(
    "团山东省委",
    Level.PROVINCE,
    body("团淄博市委", Level.CITY, ZOUPING, body("团桓台县委", Level.COUNTY), address="淄博市人民西路24号"),
    body("团潍坊市委", Level.CITY),
    committee(
        "山东滨海理工学院团委",
        committee("信息工程学院团委", *classes(2024, 4, 32, "fresher")),
        industry="教育",
    ),
    region="370398",
    address="济南市经十路21000号",
)
HENAN = body(
    "团河南省委",
    Level.PROVINCE,
    body(
        "团郑州市委",
        Level.CITY,
        body(
            "团中牟县委",
            Level.COUNTY,
            *branches(("官渡桥村团支部", "雁鸣湖村团支部"), 15, "villager"),
            committee("中牟县第九高级中学团委", *classes(2024, 4, 36, "pupil2"), industry="教育"),
        ),
    ),
    body("团南阳市委", Level.CITY),
    region="410198",
    address="郑州市金水路17号",
)
ZHEJIANG = body(
    "团浙江省委",
    Level.PROVINCE,
    body(
        "团绍兴市委",
        Level.CITY,
        committee(
            "绍兴越纺集团团委",
            *branches(("织造一车间团支部", "印染车间团支部"), 20, "worker"),
            industry="制造业",
        ),
    ),
    region="330198",
    address="杭州市省府路8号",
)
SICHUAN = body(
    "团四川省委",
    Level.PROVINCE,
    body(
        "团凉山彝族自治州委",
        Level.CITY,
        body("团昭觉县委", Level.COUNTY, *branches(("谷曲村团支部",), 13, "villager")),
    ),
    region="510198",
    address="成都市商业街16号",
)
RAILWAY = body(
    "全国铁道团委",
    Level.PROVINCE,
    committee(
        "华北机车段团委", *branches(("检修车间团支部",), 17, "worker"), industry="交通运输、仓储和邮政业"
    ),
    region="110198",
)

COUNTRY = body(
    "团中央",
    Level.CENTRAL,
    CORPS,
    SHANDONG,
    HENAN,
    ZHEJIANG,
    SICHUAN,
    RAILWAY,
    region="110198",
    address="北京市前门东大街10号",
)
