"""Messages that stay until read: what happened, and the next step as a link."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join

Link = tuple[str, str]


def success(request: HttpRequest, text: str, *links: Link) -> None:
    """Say what was done; `links` are (words, address) of the next step or of 撤销."""
    messages.success(request, with_links(text, links))


def warn(request: HttpRequest, text: str, *links: Link) -> None:
    """Say what was done only in part, or what needs care."""
    messages.warning(request, with_links(text, links))


def refuse(request: HttpRequest, text: str, *links: Link) -> None:
    """Say what was not done, why, and what to do."""
    messages.error(request, with_links(text, links))


def with_links(text: str, links: tuple[Link, ...]) -> str:
    """The text, escaped, with its links behind it."""
    return format_html("{}{}", text, format_html_join("", ' <a href="{1}">{0}</a>', links))
