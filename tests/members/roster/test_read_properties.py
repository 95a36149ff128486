"""However a roster is laid out the same people are read; whatever a workbook holds, reading it writes nothing and
ends in people or in a refusal."""

import io

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from xlsxwriter import Workbook

from members import rules
from members.roster import headers
from members.roster.interpret import interpret
from members.roster.read import Unmapped, read
from members.rules import COLUMNS, JOINED, LEAGUE_NUMBER, NUMBER, PHONE, SINCE
from orgs.enums import Category
from tests.makers import number_of
from zhtj.lib.sheets import Unreadable

FEW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
FULL_WIDTH = str.maketrans("0123456789X-", "０１２３４５６７８９Ｘ－")
DIGITS = (NUMBER, PHONE, LEAGUE_NUMBER, JOINED, SINCE)
USELESS = ("序号", "性别", "班级", "备注", "出生日期")
DRESSES = ("{}", "{}*", "*{}", "{}＊", " {} ", "{}\n（必填）", "\u3000{}")


def of(name, **cells):
    """The cells of one person, by column."""
    return dict.fromkeys(COLUMNS, "") | {
        "姓名": name,
        "身份证号码": number_of(),
        "民族": "汉族",
        "政治面貌": "共青团员",
        "学历": "本科（在读）",
        "入团年月": "2021-05",
        "手机号码": "13912345678",
        "发展团员编号": "202165900001",
        **cells,
    }


PEOPLE = [
    of("赵新生"),
    of(
        "古丽努尔·买买提江",
        民族="维吾尔族",
        是否团干部="是",
        团内职务="组织委员",
        任现职年月="2023-09",
        团干部性质="兼职",
    ),
    of("孙三", 邮箱="a@example.com", QQ="12345", **{"是否同级党委（支部）成员": "否"}),
]


def persons(roster):
    """Everybody of a roster as read."""
    return [interpret(row, roster, category=Category.BRANCH).person for row in roster.rows]


def written(sheets):
    """A workbook of (name, rows)."""
    raw = io.BytesIO()
    with Workbook(raw, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        for name, rows in sheets:
            sheet = book.add_worksheet(name)
            for at, row in enumerate(rows):
                for column, value in enumerate(row):
                    if value is not None and value != "":
                        sheet.write(at, column, value)
    return raw.getvalue()


EXPECTED = persons(
    read(
        written([("团员团干部", [COLUMNS, *([each[c] for c in COLUMNS] for each in PEOPLE)])]),
        "x",
        max_rows=9,
    )
)


@st.composite
def layouts(draw):
    """The same people in another order of columns and sheets, under other words, with blanks and wide digits."""
    order = draw(st.permutations([*COLUMNS, *draw(st.lists(st.sampled_from(USELESS), unique=True))]))
    words = {name: draw(st.sampled_from((name, *headers.OTHER_WORDS.get(name, ())))) for name in COLUMNS}
    dress = draw(st.sampled_from(DRESSES))
    header = [dress.format(words.get(name, name)) for name in order]
    wide, blanks = draw(st.booleans()), draw(st.sampled_from(["", " ", "\u3000"]))

    def cell(person, name):
        text = person.get(name, "杂")
        if name in DIGITS and wide:
            text = text.translate(FULL_WIDTH)
        return f"{blanks}{text}{blanks}" if text else text

    above = [["填写说明"]] * draw(st.integers(0, 9))
    body = [[cell(person, name) for name in order] for person in PEOPLE]
    for at in sorted(draw(st.lists(st.integers(0, len(body)), max_size=3)), reverse=True):
        body.insert(at, [draw(st.sampled_from(["", " "]))])
    sheets = [
        ("团员团干部", [*above, header, *body]),
        ("说明", [["请先阅读"]]),
        ("列表", [["汉族"], ["回族"]]),
    ]
    return written(draw(st.permutations(sheets)))


@FEW
@given(raw=layouts())
def test_the_same_people_are_read_from_every_layout(raw):
    assert persons(read(raw, "名单.xlsx", max_rows=9)) == EXPECTED


texts = st.text(max_size=12) | st.sampled_from(
    [
        *COLUMNS,
        *USELESS,
        "手机",
        "电话",
        "=1+1",
        "@SUM(A1)",
        "示例",
        "共青团员",
        "2019.1",
        "组织简称",
        "*",
        "＊",
        "（必填）",
    ]
)
numbers = st.floats(-1e18, 1e18, allow_nan=False) | st.integers(-(10**15), 10**15) | st.booleans()
tables = st.lists(st.lists(st.none() | texts | numbers, max_size=20), max_size=14)
ROSTER_LIKE = st.builds(lambda head, body: [head, *body], st.permutations(COLUMNS), tables)


@FEW
@given(rows=tables | ROSTER_LIKE, names=st.dictionaries(texts, st.sampled_from(["", *COLUMNS]), max_size=3))
@example(rows=[list(COLUMNS), ["=1+1"] * 16], names={})
@example(rows=[["手机", "电话", "联系方式"], ["1", "2", "3"]], names={})
def test_any_table_ends_in_people_or_in_a_refusal_with_a_reason(rows, names):
    """No database is allowed here: reading cannot write."""
    own = {headers.key(text): name for text, name in names.items()}
    raw = written([("表", rows)])
    roster, said, header, samples = None, "", [], [[]]
    try:
        roster = read(raw, "名单.xlsx", max_rows=100, names=own)
    except Unmapped as question:
        said, header, samples = question.verdict.message, question.heading.header, question.heading.samples
    except Unreadable as refused:
        said = refused.verdict.message
    if roster is None:
        assert said.endswith("。")
        assert len(header) == len(samples[0])
    else:
        assert len(persons(roster)) == len(roster.rows) > 0
        assert set(rules.REQUIRED) <= set(roster.columns)
