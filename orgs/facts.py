"""An organisation's information: which fields its category has and needs, and how they are shown (§2)."""

from __future__ import annotations

from datetime import date
from typing import Any

from .models import Organization, Post

STAFF = ("admin_quota", "admin_staff", "career_quota", "career_staff")
COMMON = ("contact_phone", "address", "postcode", "founded_on", "term_ends_on", "school_code")
SECRETARY_LABELS = ("书记姓名", "书记身份证号码", "书记手机号码")


def required_of(organization: Organization) -> tuple[str, ...]:
    """The fields that its category must fill, besides those about the 书记."""
    if organization.is_branch:
        return ("industry",)
    return ("contact_phone", "email", *STAFF) if organization.is_leading_body else ("industry", *STAFF)


def fields_of(organization: Organization) -> tuple[str, ...]:
    """The fields of its category besides the 简称 and the 书记, required ones first."""
    purpose = ("purpose",) if organization.is_branch else ()
    return tuple(dict.fromkeys((*purpose, *required_of(organization), *COMMON)))


def identity(organization: Organization) -> list[tuple[str, str]]:
    """What never needs filling in: names, 类别, level or purpose."""
    facts = [
        ("组织全称", organization.full_name),
        ("组织简称", organization.short_name),
        ("组织类别", organization.get_category_display()),
    ]
    if organization.is_leading_body:
        facts.append(("层级", organization.get_level_display()))
    return facts


def information(organization: Organization) -> list[tuple[str, str]]:
    """The fields of its category with their values; empty ones stay empty."""
    return [(label(field), shown(field, getattr(organization, field))) for field in fields_of(organization)]


def secretary(post: Post | None) -> list[tuple[str, str]]:
    """The 书记 with masked numbers; empty values where nobody is registered."""
    values = (post.account.name, post.account.masked_id, post.account.masked_phone) if post else ("", "", "")
    return list(zip(SECRETARY_LABELS, values, strict=True))


def label(field: str) -> str:
    """The field's name as users know it."""
    return str(Organization._meta.get_field(field).verbose_name)


def shown(field: str, value: Any) -> str:
    """A value in the user's words; empty for none."""
    if value is None or value == "":
        return ""
    if isinstance(value, date):
        return value.isoformat()
    choices = dict(Organization._meta.get_field(field).flatchoices)
    return str(choices.get(value, value))
