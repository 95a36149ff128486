"""The pages of deleting, bringing back, merging, relocating and renaming."""

import time

import pytest

from accounts.confirming import CONFIRMED, STARTED
from members.models import Member
from orgs import relocation, scope
from orgs.enums import Category
from orgs.models import Organization, Petition, TreeJob
from tests import makers
from zhtj.desk import closing
from zhtj.desk.models import Closing

pytestmark = pytest.mark.django_db


@pytest.fixture
def college(cast, sign_in):
    """The college's administrator in a browser."""
    return sign_in(cast.college_admin)


@pytest.fixture
def hospital(country):
    return makers.make_org(country.university, "第一附属医院团委", Category.COMMITTEE)


def text(response) -> str:
    return response.content.decode()


def age_password(client) -> None:
    """As if the person had signed in ten minutes ago."""
    session = client.session
    session[STARTED], session[CONFIRMED] = int(time.time()) - 600, 0
    session.save()


def test_the_confirm_page_names_whom_in_numbers(college, country):
    page = text(college.get(f"/orgs/{country.class1.pk}/close/"))
    assert "3 名团员转入“新疆生产建设兵团石河子大学石河子大学医学院团委”下的待接转团支部" in page
    assert "1 名管理员失去管理权限，账号保留" in page


def test_the_short_name_has_to_be_typed(college, country):
    answer = college.post(f"/orgs/{country.class1.pk}/close/", {"typed": "2023级2班团支部"})
    assert answer.status_code == 422
    assert "与组织简称不一致" in text(answer)
    assert country.class1 in Organization.objects.living()


def test_deleting_leads_to_the_superior_with_the_way_back(college, country):
    answer = college.post(f"/orgs/{country.class1.pk}/close/", {"typed": "2023级1班团支部"}, follow=True)
    assert answer.redirect_chain == [(f"/orgs/{country.college.pk}/", 302)]
    assert "3 名团员在待接转团支部等待转接" in text(answer)
    assert f"/orgs/closed/{Closing.objects.get().pk}/undo/" in text(answer)


@pytest.mark.parametrize(("password", "status"), [(makers.PASSWORD, 302), ("Wrong-1234", 422), ("", 422)])
def test_an_old_password_is_asked_again_where_there_are_members(college, country, password, status):
    age_password(college)
    sent = {"typed": "2023级1班团支部", "password": password}
    assert college.post(f"/orgs/{country.class1.pk}/close/", sent).status_code == status
    assert Closing.objects.count() == (status == 302)


def test_an_empty_branch_is_deleted_without_the_password(college, country):
    age_password(college)
    answer = college.post(f"/orgs/{country.freshmen.pk}/close/", {"typed": "2019级新生临时团支部"})
    assert answer.status_code == 302


def test_what_may_not_be_deleted_is_refused_with_the_reason(cast, country, sign_in):
    answer = sign_in(cast.university_admin).get(f"/orgs/{country.college.pk}/close/")
    assert answer.status_code == 403
    assert "还有下级组织" in text(answer)


def test_what_lies_elsewhere_does_not_exist(college, country):
    for act in ("close", "merge", "relocate"):
        assert college.get(f"/orgs/{country.workshop.pk}/{act}/").status_code == 404


def test_the_list_shows_state_and_way_back(college, cast, country):
    closing.close(country.freshmen, actor=scope.scope_of(cast.college_admin))
    page = text(college.get("/orgs/closed/"))
    assert "还有 30 天可以撤销" in page
    assert f"/orgs/closed/{Closing.objects.get().pk}/undo/" in page


def test_higher_superiors_see_it_without_the_way_back(cast, country, sign_in):
    closing.close(country.freshmen, actor=scope.scope_of(cast.college_admin))
    page = text(sign_in(cast.university_admin).get("/orgs/closed/"))
    assert "2019级新生临时团支部" in page
    assert "/undo/" not in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_one_and_three(
    college, cast, country, count, django_assert_max_num_queries
):
    for each in (country.freshmen, country.class1, country.class2)[:count]:
        closing.close(each, actor=scope.scope_of(cast.college_admin))
    with django_assert_max_num_queries(8):
        college.get("/orgs/closed/")


def test_undoing_brings_back(college, cast, country):
    done = closing.close(country.class1, actor=scope.scope_of(cast.college_admin))
    page = text(college.get(f"/orgs/closed/{done.pk}/undo/"))
    assert "3 名团员回到这个团支部" in page
    answer = college.post(f"/orgs/closed/{done.pk}/undo/", follow=True)
    assert "3 名团员回到这里" in text(answer)
    assert Member.objects.filter(branch=country.class1).count() == 3


def test_a_merger_is_picked_rehearsed_settled_and_done(college, cast, country):
    address = f"/orgs/{country.class1.pk}/merge/"
    assert f"?organization={country.class2.pk}" in text(college.get(address))
    page = text(college.get(f"{address}?organization={country.class2.pk}"))
    assert "合并后共 4 名" in page
    assert "合并后的书记" in page
    sent = {"secretary": cast.class1_admin.pk, "other_title": "副书记"}
    answer = college.post(f"{address}?organization={country.class2.pk}", sent, follow=True)
    assert "3 名团员已转入" in text(answer)
    assert Member.objects.filter(branch=country.class2).count() == 4


def test_an_open_question_is_asked_at_its_field(college, country):
    address = f"/orgs/{country.class1.pk}/merge/?organization={country.class2.pk}"
    answer = college.post(address, {"other_title": "副书记"})
    assert answer.status_code == 422
    assert "请选择合并后的书记" in text(answer)


def test_two_branches_without_questions_need_only_the_button(college, country):
    other = makers.make_org(country.college, "2019级临时团支部")
    address = f"/orgs/{country.freshmen.pk}/merge/?organization={other.pk}"
    assert college.post(address).status_code == 302


def test_a_pair_that_does_not_fit_is_told_why(college, country):
    page = college.get(f"/orgs/{country.class1.pk}/merge/?organization={country.college.pk}")
    assert "只有团支部可以合并" in text(page)


def test_a_branch_of_others_is_refused_where_it_is_picked(college, country):
    page = text(college.get(f"/orgs/{country.class1.pk}/merge/?organization={country.workshop.pk}"))
    assert ("团支部由共同的直接上级合并" in page, "选择2023级2班团支部" in page) == (True, False)
    assert f'data-picker-but="{country.class1.pk}"' in page


def test_a_relocation_is_picked_rehearsed_and_asked(cast, country, hospital, sign_in):
    client = sign_in(cast.class1_admin)
    assert "选择新的上级组织" in text(client.get("/orgs/relocate/"))
    page = text(client.get(f"/orgs/relocate/?organization={hospital.pk}"))
    assert "新疆生产建设兵团石河子大学第一附属医院2023级1班团支部" in page
    answer = client.post(f"/orgs/relocate/?organization={hospital.pk}", {"remark": "专业调整"})
    petition = Petition.objects.get()
    assert answer["Location"] == f"/petitions/{petition.pk}/"
    assert petition.turn_organization == country.college


def test_a_target_that_does_not_fit_shows_the_reason_and_no_form(cast, country, sign_in):
    page = text(sign_in(cast.class1_admin).get(f"/orgs/relocate/?organization={country.workshop.pk}"))
    assert "只能在同一个省级组织之内迁移" in page
    assert "发出迁移申请" not in page


def test_a_pending_request_is_shown_instead_of_a_second_one(cast, country, hospital, sign_in):
    petition = relocation.ask(country.class1, hospital, actor=scope.scope_of(cast.class1_admin))
    answer = sign_in(cast.class1_admin).get("/orgs/relocate/")
    assert answer["Location"] == f"/petitions/{petition.pk}/"


def test_those_who_decide_see_the_same_rehearsal(cast, country, hospital, sign_in):
    petition = relocation.ask(country.class1, hospital, actor=scope.scope_of(cast.class1_admin))
    client = sign_in(cast.college_admin)
    assert f"/orgs/rehearsals/{petition.pk}/" in text(client.get(f"/petitions/{petition.pk}/"))
    assert "第一附属医院2023级1班团支部" in text(client.get(f"/orgs/rehearsals/{petition.pk}/"))


def test_a_rehearsal_is_hidden_from_others(cast, country, hospital, sign_in):
    petition = relocation.ask(country.class1, hospital, actor=scope.scope_of(cast.class1_admin))
    assert sign_in(cast.zibo_admin).get(f"/orgs/rehearsals/{petition.pk}/").status_code == 404


def test_the_page_of_an_organisation_offers_what_is_allowed(college, country):
    page = text(college.get(f"/orgs/{country.class1.pk}/"))
    assert f"/orgs/{country.class1.pk}/close/" in page
    assert f"/orgs/{country.class1.pk}/relocate/" not in page


def test_a_large_rename_leads_to_its_progress(cast, country, sign_in, settings):
    settings.RENAME_AT_ONCE = 2
    client = sign_in(cast.university_admin)
    page = client.get(f"/orgs/{country.college.pk}/edit/")
    sent = {name: page.context["form"][name].value() or "" for name in page.context["form"].fields}
    answer = client.post(
        f"/orgs/{country.college.pk}/edit/", {**sent, "short_name": "医学部团委"}, follow=True
    )
    job = TreeJob.objects.get()
    assert answer.redirect_chain == [(f"/orgs/renames/{job.pk}/", 302)]
    assert "正在更新本组织和下级组织的全称" in text(answer)
    TreeJob.objects.update(state="done")
    finished = client.get(f"/orgs/renames/{job.pk}/", headers={"HX-Request": "true"})
    assert finished["HX-Refresh"] == "true"
