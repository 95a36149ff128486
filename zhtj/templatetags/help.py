"""Tags for the answers of the 帮助中心: a place in the product, and a picture of it."""

from __future__ import annotations

from django import template
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def place(url_name: str, anchor: str, words: str, *args: object) -> SafeString:
    """A link to the exact place: `{% place "imports:new" "id_file" "导入名单" %}`; arguments of the address come last."""
    hash_ = f"#{anchor}" if anchor else ""
    return format_html('<a class="place" href="{}{}">{}</a>', reverse(url_name, args=args), hash_, words)


@register.simple_tag
def shot(name: str, caption: str) -> SafeString:
    """A picture taken from the running product by `make screenshots`, with one sentence about it."""
    return format_html(
        '<figure class="shot"><img src="{}" alt="{}" loading="lazy"><figcaption>{}</figcaption></figure>',
        static(f"help/{name}.png"),
        caption,
        caption,
    )
