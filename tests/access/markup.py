"""What the bare text of a page must keep to: one heading, unique ids, and nothing that works with scripts alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser

REFERENCES = ("for", "aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "list", "form")
SENT = ("submit", "image")
VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
CONTROLS = {"input", "select", "textarea", "button"}


class Page(HTMLParser):
    """Reads a page once and notes its faults."""

    def __init__(self, text: str):
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.ids: Counter[str] = Counter()
        self.named: list[tuple[str, str]] = []
        self.headings, self.title, self.lang = 0, "", ""
        self.open: list[str] = []
        self.forms: list[dict] = []
        self.buttons_for: set[str] = set()
        self.unsent: list[dict] = []
        self.feed(text)
        self.close()

    # -- reading ------------------------------------------------------------------------------------

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        facts = {name: value or "" for name, value in attrs}
        if tag not in VOID:
            self.open.append(tag)
        self._note(tag, facts)
        if tag == "a":
            self._link(facts)
        elif tag == "form":
            self.forms.append({"facts": facts, "token": False, "sent": False, "asks": False})
            self.unsent.append(self.forms[-1])
        elif tag in CONTROLS:
            self._control(tag, facts)

    def handle_endtag(self, tag: str) -> None:
        if tag in self.open:
            while self.open.pop() != tag:
                pass
        if tag == "form" and self.forms:
            self.forms.pop()

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] == "title" and "svg" not in self.open:
            self.title += data.strip()

    # -- judging ------------------------------------------------------------------------------------

    def _note(self, tag: str, facts: dict[str, str]) -> None:
        """What every element must keep to."""
        if "id" in facts:
            self.ids[facts["id"]] += 1
        self.headings += tag == "h1"
        if tag == "html":
            self.lang = facts.get("lang", "")
        self.named += [(name, each) for name in REFERENCES if name in facts for each in facts[name].split()]
        if "style" in facts or any(name.startswith("on") for name in facts):
            self.found.append(f"style or behaviour inside <{tag}>")
        if tag == "style" or (tag == "script" and "src" not in facts):
            self.found.append(f"<{tag}> inside the page")

    def _link(self, facts: dict[str, str]) -> None:
        target = facts.get("href", "#")  # an empty one leads to this page again
        if target == "#" or target.startswith("javascript:"):
            self.found.append(f"a link that leads nowhere: {facts}")
        elif target.startswith("#"):
            self.named.append(("href", target[1:]))

    def _control(self, tag: str, facts: dict[str, str]) -> None:
        form = self.forms[-1] if self.forms else None
        kind = facts.get("type", "submit" if tag == "button" else "text")
        if form and facts.get("name") == "csrfmiddlewaretoken":
            form["token"] = True
        if form and kind != "hidden":
            form["asks"] = True
        if kind in SENT:
            self._sender(form, facts)
        elif tag == "button" and not ("hidden" in facts or "disabled" in facts):
            self.found.append(f"a button without a form that is shown before its script: {facts}")
        elif form is None and "form" not in facts and "hidden" not in facts:
            self.found.append(f"<{tag}> outside every form: {facts}")

    def _sender(self, form: dict | None, facts: dict[str, str]) -> None:
        if "form" in facts:
            self.buttons_for.add(facts["form"])
        elif form:
            form["sent"] = True
        else:
            self.found.append(f"a button that sends nothing: {facts}")

    def faults(self) -> Iterator[str]:
        """All of them, in words."""
        yield from self.found
        yield from (f"id {name!r} {count} times" for name, count in self.ids.items() if count > 1)
        yield from (f"{how}={name!r} names nothing" for how, name in self.named if name not in self.ids)
        for form in self.unsent:
            facts = form["facts"]
            if form["asks"] and not form["sent"] and facts.get("id") not in self.buttons_for:
                yield f"a form without a button: {facts}"
            if facts.get("method") == "post" and not form["token"]:
                yield f"a form without its token: {facts}"


def faults(text: str) -> list[str]:
    """What is wrong with a page, in words; a piece of one is left alone."""
    if "<html" not in text:
        return []
    page = Page(text)
    found = list(page.faults())
    if page.headings != 1:
        found.append(f"{page.headings} first headings")
    if page.lang != "zh-CN":
        found.append("no language")
    if not page.title.removesuffix("· 智慧团建").strip():
        found.append("no title")
    return found
