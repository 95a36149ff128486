"""我的资料 and what belongs to it as a browser sees them; the case page with its ticks."""

import pytest

from accounts import telling
from accounts.models import Account, Notice
from members import amend
from members.requests import profile
from orgs import petitions
from orgs.enums import PetitionState
from orgs.models import Petition, Post
from orgs.scope import scope_of
from tests import makers
from tests.members.requests.asked import sent
from zhtj.audit.models import AuditEntry

pytestmark = pytest.mark.django_db


def text(response) -> str:
    return response.content.decode()


def ask(account: Account, **values) -> Petition:
    return profile.ask(account, values, actor=scope_of(account))


# -- the person -------------------------------------------------------------------------------------


def test_each_fact_leads_to_where_its_correction_is_asked_for(cast, sign_in):
    groups = sign_in(cast.member.account).get("/me/profile/").context["groups"]
    urls = {fact.label: fact.url for group in groups for fact in group.facts}
    assert (urls["姓名"], urls["身份证号码"], urls["入团年月"]) == (
        "/me/profile/correct/name/",
        "/me/profile/correct/number/",
        "/me/profile/correct/joined/",
    )
    assert (urls["手机号码"], urls["性别"]) == ("/me/profile/edit/#id_phone", "")


def test_the_sheet_shows_numbers_masked_and_the_post(cast, country, sign_in):
    me = cast.member.account
    post = makers.make_post(me, country.class1, "组织委员")
    page = text(sign_in(me).get("/me/profile/"))
    assert me.masked_id in page
    assert f"/me/profile/correct/post/{post.pk}/" in page


def test_what_is_typed_becomes_a_request(cast, sign_in):
    me = cast.member.account
    response = sign_in(me).post("/me/profile/edit/", sent(me, education="硕士（在读）", remark="九月升学"))
    petition = Petition.objects.get(account=me)
    assert response.headers["Location"] == f"/petitions/{petition.pk}/"
    assert petition.payload == {"fields": {"education": ["本科（在读）", "硕士（在读）"]}}
    assert petition.steps.get().remark == "九月升学"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"phone": "12345"}, "phone"),
        ({"ethnicity": "火星族"}, "ethnicity"),
        ({"political_status": "群众"}, "political_status"),
        ({"education": ""}, "education"),
        ({"email": "不是邮箱"}, "email"),
        ({"party_joined_year": "2023", "party_joined_month": "5"}, "party_joined"),  # 17 years old
        ({"volunteer_since": "2099-01-01"}, "volunteer_since"),
        ({"household": "新" * 121}, "household"),
    ],
)
def test_what_is_asked_for_follows_the_rules_of_entry(cast, sign_in, changes, field):
    me = cast.member.account
    response = sign_in(me).post("/me/profile/edit/", sent(me, **changes))
    assert (response.status_code, list(response.context["form"].errors)) == (422, [field])
    assert not Petition.objects.exists()


def test_an_old_fault_in_what_cannot_be_changed_here_is_no_obstacle(cast, sign_in):
    me = cast.member.account
    type(cast.member).objects.filter(pk=cast.member.pk).update(joined="2009-05-01")
    sign_in(me).post("/me/profile/edit/", sent(me, occupation="学生"))
    assert Petition.objects.get().payload == {"fields": {"occupation": ["", "学生"]}}


def test_while_one_is_under_way_the_form_leads_to_it(cast, sign_in):
    me = cast.member.account
    petition = ask(me, occupation="学生")
    page = text(sign_in(me).get("/me/profile/edit/"))
    assert f"/petitions/{petition.pk}/" in page
    assert "提交修改申请" not in page


def test_after_a_return_the_form_comes_back_filled_but_for_the_phone(cast, sign_in):
    me = cast.member.account
    petition = ask(me, occupation="护士", phone="13900000077", party_joined=None)
    petitions.send_back(petition, actor=scope_of(cast.class1_admin), remark="职业写全")
    client = sign_in(me)
    assert f"/me/profile/edit/?again={petition.pk}" in text(client.get("/me/requests/"))
    form = client.get(f"/me/profile/edit/?again={petition.pk}").context["form"]
    assert (form["occupation"].value(), form["phone"].value()) == ("护士", None)
    assert "上次申请的是139****0077" in form["phone"].help_text
    response = client.post(f"/me/profile/edit/?again={petition.pk}", sent(me, occupation="执业护士"))
    assert response.status_code == 302


def test_the_request_of_somebody_else_fills_nothing(cast, sign_in):
    petition = ask(cast.classmate.account, occupation="护士")
    form = sign_in(cast.member.account).get(f"/me/profile/edit/?again={petition.pk}").context["form"]
    assert form["occupation"].value() == ""


def test_a_cadre_without_membership_has_the_same_pages(cast, sign_in):
    me = cast.university_admin
    client = sign_in(me)
    pages = (
        "/me/profile/",
        "/me/profile/edit/",
        "/me/watchers/",
        "/me/history/",
        "/me/profile/correct/joined/",
    )
    assert [client.get(page).status_code for page in pages] == [200] * 5
    client.post("/me/profile/edit/", sent(me, political_status="群众"))
    assert Petition.objects.get().payload == {"fields": {"political_status": ["共青团员", "群众"]}}


def test_who_belongs_nowhere_sees_the_sheet_and_whom_to_ask(cast, sign_in):
    client = sign_in(cast.outsider)
    assert "您目前不属于任何团组织" in text(client.get("/me/profile/"))
    assert "您目前不属于任何团组织" in text(client.get("/me/profile/edit/"))
    assert "没有组织能看到您的资料" in text(client.get("/me/watchers/"))


@pytest.mark.parametrize(
    ("topic", "data", "payload"),
    [
        (
            "name",
            {"right": "欧阳晓明"},
            {"topic": "name", "old": {"name": "欧阳小明"}, "new": {"name": "欧阳晓明"}},
        ),
        (
            "branch",
            {"right": "2023级2班团支部"},
            {
                "topic": "branch",
                "old": {"branch": "新疆生产建设兵团石河子大学石河子大学医学院2023级1班团支部"},
                "new": {"branch": "2023级2班团支部"},
            },
        ),
    ],
)
def test_a_correction_is_asked_for_on_a_short_form(cast, sign_in, topic, data, payload):
    sign_in(cast.classmate.account).post(f"/me/profile/correct/{topic}/", {**data, "remark": "登记错了"})
    assert Petition.objects.get().payload == payload


@pytest.mark.parametrize(
    ("topic", "data", "field"),
    [
        ("name", {"right": "欧阳小明"}, "right"),  # as registered
        ("name", {"right": "欧4"}, "right"),
        ("number", {"right": "659099200605200001"}, "right"),  # check character
        ("joined", {"joined_year": "2019", "joined_month": "4", "number": "201965000001"}, "joined"),
        ("joined", {"joined_year": "2020", "joined_month": "5", "number": "1"}, "number"),
        ("branch", {"right": ""}, "right"),
        ("name", {"right": "欧阳晓明", "remark": ""}, "remark"),
    ],
)
def test_a_correction_that_cannot_be_is_refused_at_once(cast, sign_in, topic, data, field):
    response = sign_in(cast.classmate.account).post(
        f"/me/profile/correct/{topic}/", {"remark": "登记错了", **data}
    )
    assert (response.status_code, list(response.context["form"].errors)) == (422, [field])


def test_an_unknown_topic_does_not_exist(cast, sign_in):
    assert sign_in(cast.classmate.account).get("/me/profile/correct/salary/").status_code == 404


def test_the_end_of_a_post_asks_nothing_more(cast, country, sign_in):
    me = cast.classmate.account
    post = makers.make_post(me, country.class1, "组织委员")
    sign_in(me).post(f"/me/profile/correct/post/{post.pk}/", {"ended": "on", "remark": "九月换届"})
    assert Petition.objects.get().payload["new"] == {"post": post.pk}
    assert Post.objects.get(pk=post.pk).ended_at is None


def test_the_post_of_somebody_else_does_not_exist(cast, country, sign_in):
    post = makers.make_post(cast.member.account, country.class1, "组织委员")
    assert sign_in(cast.classmate.account).get(f"/me/profile/correct/post/{post.pk}/").status_code == 404


def test_who_can_see_me_names_the_line_and_what_each_may(cast, sign_in):
    watchers = sign_in(cast.member.account).get("/me/watchers/").context["watchers"]
    assert [(each.organization.short_name, each.administrators, each.stands) for each in watchers] == [
        ("2023级1班团支部", [("班一丽", "书记")], "所在团支部"),
        ("石河子大学医学院团委", [("易学园", "书记")], "直接上级"),
        ("石河子大学团委", [("石大河", "书记")], "上级"),
        ("新疆生产建设兵团团委", [("兵建国", "书记")], "上级"),
        ("团中央", [("钟央", "书记")], "上级"),
    ]


# -- whoever decides --------------------------------------------------------------------------------


def test_the_case_page_offers_each_field_and_writes_those_that_are_ticked(cast, sign_in):
    me = cast.member.account
    petition = ask(me, education="硕士（在读）", occupation="护士")
    client = sign_in(cast.class1_admin)
    form = client.get(f"/petitions/{petition.pk}/").context["accept"]
    assert form["chosen"].value() == ["education", "occupation"]
    data = {"turn": "0", "chosen": "occupation", "remark": "学历请先交证书"}
    client.post(f"/requests/{petition.pk}/accept/", data)
    found = Account.objects.get(pk=me.pk)
    assert (found.education, found.occupation) == ("本科（在读）", "护士")
    assert "学历请先交证书" in text(sign_in(me).get("/me/inbox/"))


def test_faults_of_the_ticks_are_shown_where_they_are(cast, sign_in):
    petition = ask(cast.member.account, education="硕士（在读）", occupation="护士")
    response = sign_in(cast.class1_admin).post(
        f"/requests/{petition.pk}/accept/", {"turn": "0", "chosen": "occupation"}
    )
    assert (response.status_code, list(response.context["accept"].errors)) == (422, ["remark"])
    assert Petition.objects.get().state == PetitionState.PENDING


def test_a_stale_field_cannot_be_ticked(cast, sign_in):
    petition = ask(cast.member.account, education="硕士（在读）", occupation="护士")
    Account.objects.filter(pk=cast.member.account_id).update(education="大专")
    page = sign_in(cast.class1_admin).get(f"/petitions/{petition.pk}/")
    assert [value for value, _ in page.context["accept"].fields["chosen"].choices] == ["occupation"]
    assert "提出申请后已改为“大专”" in text(page)


def test_the_phone_in_a_request_is_seen_only_with_a_reason_and_the_person_knows(cast, sign_in):
    petition = ask(cast.member.account, phone="13911110077")
    client = sign_in(cast.class1_admin)
    assert "13911110077" not in text(client.get(f"/petitions/{petition.pk}/"))
    assert client.post(f"/requests/{petition.pk}/reveal/phone/").status_code == 422
    assert "13911110077" in text(
        client.post(f"/requests/{petition.pk}/reveal/phone/", {"reason": "致电核对"})
    )
    assert "致电核对" in text(sign_in(cast.member.account).get("/me/seen/"))


def test_one_page_for_the_reason_of_a_correction(cast, sign_in):
    me = cast.classmate.account
    sign_in(me).post("/me/profile/correct/name/", {"right": "欧阳晓明", "remark": "登记错了"})
    petition = Petition.objects.get()
    client = sign_in(cast.college_admin)
    assert client.get(f"/petitions/{petition.pk}/").context["accept"]["reason"].value() == "本人申请"
    client.post(f"/requests/{petition.pk}/correct/", {"turn": "0", "reason": "与身份证一致"})
    assert Account.objects.get(pk=me.pk).name == "欧阳晓明"
    assert AuditEntry.objects.get(verb="members.corrected").detail["reason"] == "与身份证一致"


def test_people_are_told_apart_in_the_inbox_and_decided_together(cast, sign_in):
    asked = [ask(who, occupation="学生") for who in (cast.member.account, cast.classmate.account)]
    client = sign_in(cast.class1_admin)
    page = text(client.get("/desk/inbox/"))
    assert "欧阳小明（2023级1班团支部）" in page
    client.post("/desk/inbox/approve/", {"petition": [f"{each.pk}:0" for each in asked]})
    assert set(Account.objects.filter(occupation="学生").values_list("name", flat=True)) == {
        "欧阳小明",
        "古丽努尔·买买提江",
    }


# -- sessions and notices ---------------------------------------------------------------------------


def test_a_corrected_number_ends_the_sessions(cast, client):
    me = cast.classmate.account
    client.force_login(me)
    number = makers.number_of(serial=931)
    amend.correct(me, name="", number=number, reason="登记错", actor=scope_of(cast.college_admin))
    assert client.get("/me/").status_code == 302


def test_unread_notices_count_come_first_and_are_taken_as_read(cast, sign_in):
    me = cast.member.account
    telling.tell([me.pk], "第一条", url="/me/seen/")
    telling.take_as_read(me)
    telling.tell([me.pk], "第二条")
    client = sign_in(me)
    page = client.get("/me/inbox/")
    assert [each.text for each in page.context["page"].rows] == ["第二条", "第一条"]
    assert page.wsgi_request.frame_counts["mine"] == 1
    client.post("/me/inbox/read/")
    assert not Notice.objects.filter(read_at=None).exists()
    assert "mine" not in client.get("/me/inbox/").wsgi_request.frame_counts._found


def test_administrators_see_their_notices_in_the_inbox_of_the_desk_too(cast, sign_in):
    telling.tell([cast.class1_admin.pk], "名单已经导入")
    assert "名单已经导入" in text(sign_in(cast.class1_admin).get("/desk/inbox/"))
