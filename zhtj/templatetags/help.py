"""Tags of the 帮助中心: a place in the product and a picture of it for answers, the right answer for pages and errors."""

from __future__ import annotations

from typing import Any

from django import template
from django.contrib.staticfiles import finders
from django.template import Context
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from zhtj.help import topics
from zhtj.help.topic import Topic
from zhtj.menu import address

register = template.Library()
PLAIN = ("请填写", "请选择", "请勾选", "截止日期")  # how errors begin that need no further answer

# ---- in answers ---------------------------------------------------------------------------------


@register.simple_tag(takes_context=True)
def place(context: Context, url_name: str, anchor: str, words: str, *args: object) -> SafeString:
    """A link to the exact place: `{% place "imports:new" "id_file" "导入名单" %}`; arguments of the address come last.

    On paper the words alone.
    """
    if context.get("paper"):
        return format_html('<b class="place">{}</b>', words)
    hash_ = f"#{anchor}" if anchor else ""
    return format_html('<a class="place" href="{}{}">{}</a>', reverse(url_name, args=args), hash_, words)


@register.simple_tag
def shot(name: str, caption: str) -> SafeString:
    """A picture taken from the running product by `make screenshots`, with one sentence about it; it opens in full.

    Nothing while it has not been taken.
    """
    if finders.find(f"help/{name}.png") is None:
        return SafeString("")
    url = static(f"help/{name}.png")
    return format_html(
        '<figure class="shot"><a href="{}"><img src="{}" alt="{}" loading="lazy"></a>'
        "<figcaption>{}</figcaption></figure>",
        url,
        url,
        f"图：{caption}",
        caption,
    )


# ---- on pages and beside errors -----------------------------------------------------------------


def view_name(context: Context) -> str:
    """The page that is being shown; empty where nobody asked for one."""
    match = getattr(getattr(context, "request", None), "resolver_match", None)
    return match.view_name if match else ""


@register.simple_tag(takes_context=True)
def answer(context: Context, *texts: Any) -> SafeString:
    """The link beside an error: by what it says, else by the page; nothing where neither has an answer."""
    return answer_link(topics.answer_for("".join(map(str, texts)), view_name(context)))


@register.simple_tag(takes_context=True)
def answer_to(context: Context, *texts: Any) -> SafeString:
    """The link beside one of many errors: by what it says alone; some say all there is to say."""
    said = "".join(map(str, texts))
    return answer_link(None if said.startswith(PLAIN) else topics.by_phrase(said, view_name(context)))


@register.simple_tag(takes_context=True)
def answers(context: Context, faults: list[tuple[Any, Any, Any]]) -> SafeString:
    """The links below a summary of errors: each answer once; by the page where no error has one of its own."""
    page = view_name(context)
    told = [str(text) for _, _, text in faults if not str(text).startswith(PLAIN)]
    if not told:
        return SafeString("")
    found = dict.fromkeys(topic for text in told if (topic := topics.by_phrase(text, page)))
    return format_html_join("", "{}", ((answer_link(topic),) for topic in found or topics.offered(page)[:1]))


def answer_link(topic: Topic | None) -> SafeString:
    """Opens beside the page, so that nothing typed is lost."""
    url = address("help:topic", topic.key) if topic else None
    if topic is None or url is None:
        return SafeString("")
    return format_html(
        '<a class="answer" href="{}" target="_blank" rel="noopener">怎样办：{}<span class="sr-only">，在新窗口打开</span></a>',
        url,
        topic.title,
    )
