"""The pages of 团干部管理, as administrators walk them."""

from datetime import date

import pytest
from django.urls import reverse

from orgs.models import Petition, Post
from tests import makers

pytestmark = pytest.mark.django_db
OFFICE = {
    "title": "委员",
    "since_year": "2024",
    "since_month": "9",
    "nature": "兼职",
    "in_party_committee": "no",
}
PERSON = {
    "name": "新干部",
    "phone": "13900000001",
    "ethnicity": "汉族",
    "political_status": "群众",
    "education": "本科",
    **OFFICE,
}


def test_the_list_masks_numbers(cast, country, sign_in):
    page = sign_in(cast.university_admin).get(reverse("cadres:list")).content.decode()
    assert cast.college_admin.masked_id in page
    assert cast.college_admin.id_number not in page


def test_a_person_is_added_to_the_own_level(cast, country, sign_in):
    data = {**PERSON, "number": makers.number_of(date(1985, 3, 8))}
    response = sign_in(cast.college_admin).post(reverse("cadres:add", args=[country.college.pk]), data)
    post = Post.objects.get(account__name="新干部")
    assert response.url == reverse("cadres:detail", args=[post.pk])


def test_the_error_of_a_registered_person_links_the_invitation(cast, country, sign_in):
    data = {**PERSON, "name": "孔令工", "number": cast.worker.account.id_number}
    response = sign_in(cast.college_admin).post(reverse("cadres:add", args=[country.college.pk]), data)
    page = response.content.decode()
    assert (response.status_code, reverse("cadres:invite", args=[country.college.pk]) in page) == (422, True)


def test_required_fields_are_asked_for(cast, country, sign_in):
    response = sign_in(cast.college_admin).post(
        reverse("cadres:add", args=[country.college.pk]), {"name": ""}
    )
    missing = set(response.context["form"].errors)
    assert missing == {
        "name", "number", "phone", "ethnicity", "political_status", "education",
        "title", "since", "nature", "in_party_committee",
    }  # fmt: skip


def test_a_member_of_the_branch_is_appointed(cast, country, sign_in):
    data = {**OFFICE, "title": "组织委员", "member": cast.classmate.pk}
    sign_in(cast.class1_admin).post(reverse("cadres:add", args=[country.class1.pk]), data)
    assert Post.objects.get(account=cast.classmate.account).title == "组织委员"


def test_a_post_before_joining_is_refused(cast, country, sign_in):
    data = {**OFFICE, "title": "组织委员", "member": cast.classmate.pk, "since_year": "2019"}
    response = sign_in(cast.class1_admin).post(reverse("cadres:add", args=[country.class1.pk]), data)
    assert list(response.context["form"].errors) == ["since"]


def test_a_post_is_edited(cast, country, sign_in):
    post = makers.make_post(cast.classmate.account, country.class1, "组织委员")
    data = {**OFFICE, "title": "宣传委员"}
    sign_in(cast.class1_admin).post(reverse("cadres:edit", args=[post.pk]), data)
    assert Post.objects.get(account=cast.classmate.account, ended_at=None).title == "宣传委员"


def test_a_cadre_without_belonging_is_edited_with_all_data(cast, country, sign_in):
    post = makers.make_post(cast.outsider, country.college, "委员")
    data = {**PERSON, "education": "博士", "phone": ""}
    sign_in(cast.college_admin).post(reverse("cadres:edit", args=[post.pk]), data)
    cast.outsider.refresh_from_db()
    assert (cast.outsider.education, cast.outsider.political_status) == ("博士", "群众")


def test_a_post_is_ended_after_a_question(cast, country, sign_in):
    post = makers.make_post(cast.outsider, country.college, "委员")
    client, address = sign_in(cast.college_admin), reverse("cadres:end", args=[post.pk])
    assert "不再属于任何团组织" in client.get(address).content.decode()
    client.post(address)
    post.refresh_from_db()
    assert post.ended_at is not None


def test_a_number_is_revealed_with_a_reason_only(cast, country, sign_in):
    post = Post.objects.get(account=cast.class1_admin)
    client, address = sign_in(cast.college_admin), reverse("cadres:reveal", args=[post.pk])
    number = cast.class1_admin.id_number
    assert number not in client.post(address, {"reason": ""}).content.decode()
    assert number in client.post(address, {"reason": "核对"}).content.decode()


def test_an_invitation_walks_from_search_to_offer(cast, country, sign_in):
    client = sign_in(cast.college_admin)
    search = {"name": "孔令工", "number": cast.worker.account.id_number}
    found = client.post(reverse("cadres:invite", args=[country.college.pk]), search)
    page = found.content.decode()
    assert (cast.worker.account.masked_id in page, country.workshop.short_name in page) == (True, False)
    data = {**OFFICE, "found": found.context["token"]}
    client.post(reverse("cadres:offer", args=[country.college.pk]), data)
    assert Petition.objects.get().account_id == cast.worker.account_id


def test_the_sealed_search_result_serves_only_its_finder_and_organisation(cast, country, sign_in):
    search = {"name": "孔令工", "number": cast.worker.account.id_number}
    invite = reverse("cadres:invite", args=[country.college.pk])
    token = sign_in(cast.college_admin).post(invite, search).context["token"]
    response = sign_in(cast.zibo_admin).post(
        reverse("cadres:offer", args=[country.zibo.pk]), ({**OFFICE, "found": token})
    )
    assert (response.url, Petition.objects.count()) == (reverse("cadres:invite", args=[country.zibo.pk]), 0)


def test_an_unknown_person_is_not_told_from_a_wrong_name(cast, country, sign_in):
    client, address = sign_in(cast.college_admin), reverse("cadres:invite", args=[country.college.pk])
    wrong = [("孔令土", cast.worker.account.id_number), ("孔令工", makers.number_of(serial=777))]
    texts = {
        client.post(address, {"name": name, "number": number}).context["form"].non_field_errors()[0]
        for name, number in wrong
    }
    assert len(texts) == 1


def test_of_oneself_only_the_post_is_edited_here(cast, country, sign_in):
    second = makers.make_admin(country.college, "副书记易", title="副书记")
    post = Post.objects.get(account=second)
    form = sign_in(second).get(f"/cadres/{post.pk}/edit/").context["form"]
    assert "phone" not in form.fields
    assert "phone" in sign_in(cast.college_admin).get(f"/cadres/{post.pk}/edit/").context["form"].fields
