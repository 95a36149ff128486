"""Columns that nobody knows are mapped by hand once and read by themselves afterwards."""

from datetime import timedelta

import pytest

from members.models import BatchState, HeaderName, ImportBatch, Member
from members.roster import batch as batches
from members.roster import mapping, plan
from members.rules import COLUMNS, NAME, NUMBER, PHONE, REQUIRED, TITLE
from orgs.scope import scope_of
from tests.members.roster.sheets import confirm, page, person, roster
from zhtj.audit.models import AuditEntry
from zhtj.lib.verdict import Refused

OWN = ("序号", "团员姓名", "本人代码", "兴趣", *(each for each in COLUMNS if each not in (NAME, NUMBER)))


def own(*people, columns=OWN):
    """A roster with a column 本人代码 where the number stands."""
    return roster(
        *({**each, "团员姓名": each[NAME], "本人代码": each[NUMBER], "兴趣": "篮球"} for each in people),
        columns=columns,
    )


def sent(batch, **choices):
    """The form as a browser sends it: what was preselected, with some changed (by header)."""
    header = batch.layout["header"]
    known = {at: name for name, at in batch.layout["columns"].items()}
    chosen = {f"column{at}": known.get(at, "-") for at, text in enumerate(header) if text}
    return chosen | {f"column{header.index(text)}": name for text, name in choices.items()}


def kept(organization):
    return dict(HeaderName.objects.filter(organization=organization).values_list("header", "column"))


@pytest.fixture
def waiting(cast, upload):
    """An import that waits for its columns."""
    return upload(cast.class1_admin, own(person("赵新生"), person("钱新生")))


# -- asking -----------------------------------------------------------------------------------------


def test_an_unknown_required_column_is_asked_for(waiting):
    assert (waiting.state, waiting.rows.count()) == (BatchState.MAPPING, 3)
    assert waiting.message == "工作表“团员团干部”第 1 行的表头没有认出“身份证号码”列"
    assert batches.file_of(waiting)


def test_the_page_shows_the_own_columns_with_values_and_what_was_recognised(client, waiting):
    text = page(client, waiting)
    number = plan.rows(waiting)[0].texts[OWN.index("本人代码")]
    assert number in text
    assert text.count("篮球") == 2
    assert '<option value="姓名" selected>' in text
    assert text.count("未认出</span>") == 2  # 本人代码 and 兴趣; 序号 is known to be of no use
    assert "必需的列：姓名、身份证号码、民族、政治面貌、学历、入团年月、手机号码" in text


def test_others_read_the_values_masked(client, cast, country, upload):
    batch = upload(cast.college_admin, own(person()), org=country.class1.pk)
    number = plan.rows(batch)[0].texts[OWN.index("本人代码")]
    client.force_login(cast.class1_admin)
    text = page(client, batch)
    assert number not in text
    assert f"{number[:3]}***************" in text


def test_a_file_where_nothing_unknown_could_be_meant_is_refused(cast, upload):
    columns = [each for each in COLUMNS if each != "民族"]
    batch = upload(cast.class1_admin, roster(person(), columns=("序号", *columns)))
    assert (batch.state, "缺少“民族”列" in batch.message) == (BatchState.REJECTED, True)


def test_two_columns_that_claim_the_same_are_asked_about(client, cast, upload):
    people = [{**person(), "联系电话": "13900000000"}]
    batch = upload(cast.class1_admin, roster(*people, columns=(*COLUMNS, "联系电话")))
    assert batch.state == BatchState.MAPPING
    assert "“手机号码”（H列）、“联系电话”（Q列）都像是“手机号码”" in page(client, batch)
    response = client.post(f"/imports/{batch.pk}/columns/", sent(batch, 手机号码="", 联系电话=""))
    assert response.status_code == 422
    assert "请选择“联系电话”对应的列" in response.content.decode()
    client.post(f"/imports/{batch.pk}/columns/", sent(batch, 手机号码=PHONE))
    batches.work(batch.pk)
    batch.refresh_from_db()
    assert (batch.state, batch.layout["columns"][PHONE]) == (BatchState.PLANNED, 7)
    assert kept(batch.organization) == {"联系电话": ""}


def test_a_committee_says_which_column_is_the_branch(client, cast, country, upload):
    people = [{**person(), "团组织": country.class1.full_name}]
    batch = upload(cast.college_admin, roster(*people, columns=("团组织", *COLUMNS)))
    assert batch.state == BatchState.MAPPING
    client.post(f"/imports/{batch.pk}/columns/", sent(batch, 团组织="所在团支部全称"))
    batches.work(batch.pk)
    batch.refresh_from_db()
    assert (batch.state, batch.counts["new"]) == (BatchState.PLANNED, 1)


def test_a_sheet_that_only_looks_like_a_table_is_asked_about_too(client, cast, upload):
    batch = upload(cast.class1_admin, roster({"甲": "1", "乙": "2", "丙": "3"}, columns=("甲", "乙", "丙")))
    assert batch.state == BatchState.MAPPING
    response = client.post(f"/imports/{batch.pk}/columns/", sent(batch))
    assert "还没有对应“姓名”、“身份证号码”、" in response.content.decode()


# -- choosing ---------------------------------------------------------------------------------------


def test_chosen_columns_are_read_at_once_and_remembered(client, cast, country, waiting, upload):
    response = client.post(f"/imports/{waiting.pk}/columns/", sent(waiting, 本人代码=NUMBER))
    assert response.url == f"/imports/{waiting.pk}/"
    batches.work(waiting.pk)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.counts["new"], waiting.rows.count()) == (BatchState.PLANNED, 2, 2)
    assert kept(country.class1) == {"本人代码": NUMBER, "兴趣": ""}
    entry = AuditEntry.objects.get(verb="imports.columns_chosen")
    assert entry.detail == {"batch": waiting.pk, "columns": len(COLUMNS)}
    confirm(client, waiting)
    batches.work(waiting.pk)
    assert Member.objects.filter(account__name="赵新生", branch=country.class1).count() == 1


def test_the_next_file_is_read_by_itself_and_the_plan_says_so(client, cast, waiting, upload):
    mapping.choose(waiting, columns={2: NUMBER, **known(waiting)}, actor=scope_of(cast.class1_admin))
    batch = upload(cast.class1_admin, own(person("孙新生")), name="下次.xlsx")
    assert batch.state == BatchState.PLANNED
    text = page(client, batch)
    assert "按本组织上次的对应读取：“本人代码”是身份证号码" in text
    assert "未使用的列：序号、兴趣" in text
    assert f"/imports/headers/?org={batch.organization_id}" in text


def known(batch):
    """The recognised columns of an import, by index."""
    return {at: name for name, at in batch.layout["columns"].items()}


def test_one_organisation_does_not_read_as_another(cast, waiting, upload):
    mapping.choose(waiting, columns={2: NUMBER, **known(waiting)}, actor=scope_of(cast.class1_admin))
    assert upload(cast.class2_admin, own(person())).state == BatchState.MAPPING


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"兴趣": NUMBER, "本人代码": NUMBER}, "“本人代码”（C列）已经对应“身份证号码”，一列只对应一次。"),
        ({}, "还没有对应“身份证号码”。名单中没有的，请补上这一列后重新上传。"),
        ({"本人代码": "不存在的列"}, "请从列表中选择。"),
    ],
)
def test_a_choice_that_cannot_be_read_is_refused_in_words(client, waiting, changed, said):
    response = client.post(f"/imports/{waiting.pk}/columns/", sent(waiting, **changed))
    assert response.status_code == 422
    assert said in response.content.decode()
    waiting.refresh_from_db()
    assert waiting.state == BatchState.MAPPING


def test_two_columns_with_the_same_header_cannot_be_told_apart(cast, upload):
    header = [*[each for each in COLUMNS if each != NUMBER], "编码", "编 码"]
    people = [{**each, "编码": each[NUMBER], "编 码": "1"} for each in [person()]]
    batch = upload(cast.class1_admin, roster(*people, columns=header))
    faults = mapping.faults(batch, {15: NUMBER, **known(batch)})
    assert [each.message for each in faults] == ["有两列的表头相同，无法分辨。请在文件中改名后重新上传。"]


def test_the_verb_refuses_what_the_form_would(cast, waiting):
    with pytest.raises(Refused) as refused:
        mapping.choose(waiting, columns={}, actor=scope_of(cast.class1_admin))
    assert refused.value.verdict.cause == "mapping"


def test_columns_are_chosen_once(client, cast, waiting):
    chosen = sent(waiting, 本人代码=NUMBER)
    client.post(f"/imports/{waiting.pk}/columns/", chosen)
    assert client.post(f"/imports/{waiting.pk}/columns/", chosen).url == f"/imports/{waiting.pk}/"
    assert AuditEntry.objects.filter(verb="imports.columns_chosen").count() == 1


def test_a_waiting_import_can_be_given_up(client, waiting):
    client.post(f"/imports/{waiting.pk}/abandon/")
    waiting.refresh_from_db()
    assert (waiting.state, waiting.file_cipher, waiting.rows.count()) == (BatchState.ABANDONED, None, 0)


def test_a_file_that_was_dropped_by_age_is_told(client, cast, waiting):
    batches.purge(now=waiting.created_at + timedelta(days=31))
    assert "文件已按规定删除" in page(client, waiting)
    assert mapping.may_choose(scope_of(cast.class1_admin), waiting).cause == "gone"


def test_what_may_be_chosen_for_cadres_are_their_columns(cast, country):
    batch = ImportBatch(organization=country.class1, template="cadres", layout={"header": [], "columns": {}})
    assert "发展团员编号" not in mapping.offered(batch)
    assert mapping.required(batch)[-4:] == [TITLE, "任现职年月", "团干部性质", "是否同级党委（支部）成员"]
    batch.template = "members"
    assert mapping.required(batch) == list(REQUIRED)


# -- remembered headers -----------------------------------------------------------------------------


@pytest.fixture
def two_names(client, cast, country):
    """Two remembered headers of the class."""
    client.force_login(cast.class1_admin)
    return [
        HeaderName.objects.create(
            organization=country.class1, header=header, column=column, set_by_name="班一丽"
        )
        for header, column in (("学号", NUMBER), ("兴趣", ""))
    ]


def test_remembered_headers_are_listed(client, two_names):
    text = client.get("/imports/headers/").content.decode()
    assert text.index("兴趣") < text.index("学号")
    assert '<option value="身份证号码" selected>' in text


def test_one_is_forgotten_or_all(client, country, two_names):
    client.post("/imports/headers/forget/", {"header": two_names[0].pk})
    assert kept(country.class1) == {"兴趣": ""}
    client.post("/imports/headers/forget/")
    assert kept(country.class1) == {}
    assert "没有记住的表头" in client.get("/imports/headers/").content.decode()
    assert AuditEntry.objects.filter(verb="imports.headers_forgotten").count() == 2


def test_one_is_changed(client, country, two_names):
    client.post(f"/imports/headers/{two_names[1].pk}/", {"column": TITLE})
    assert kept(country.class1) == {"学号": NUMBER, "兴趣": TITLE}
    client.post(f"/imports/headers/{two_names[1].pk}/", {"column": "别的"})
    assert kept(country.class1) == {"学号": NUMBER, "兴趣": TITLE}


def test_what_everybody_reads_so_is_not_kept(cast, country, two_names):
    own_words = HeaderName.objects.create(
        organization=country.class1, header="联系电话", column="", set_by_name=""
    )
    mapping.change(own_words, PHONE, actor=scope_of(cast.class1_admin))
    assert "联系电话" not in kept(country.class1)


def test_headers_of_others_are_out_of_reach(client, cast, two_names):
    client.force_login(cast.class2_admin)
    assert client.post(f"/imports/headers/{two_names[0].pk}/", {"column": ""}).status_code == 404
    with pytest.raises(Refused):
        mapping.forget(two_names[0].organization, actor=scope_of(cast.class2_admin))
