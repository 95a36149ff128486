"""An organisation's information as pairs of label and value, for the pages that show it (§2)."""

from __future__ import annotations

from .models import Organization

COMMON = ("contact_phone", "address", "postcode", "founded_on", "term_ends_on", "school_code")


def fields_of(organization: Organization) -> tuple[str, ...]:
    """The fields of its category besides the 简称, in the order of the form."""
    own: list[str] = []
    if organization.is_branch:
        own.append("purpose")
    own.append("email" if organization.is_leading_body else "industry")
    return (*own, *COMMON)


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
    return [(_label(field), _value(organization, field)) for field in fields_of(organization)]


def _label(field: str) -> str:
    return str(Organization._meta.get_field(field).verbose_name)


def _value(organization: Organization, field: str) -> str:
    if field == "purpose":
        return organization.get_purpose_display()
    value = getattr(organization, field)
    return "" if value is None else str(value)
