"""Somebody who uses the product without JavaScript: reads pages, follows links, fills in forms by their labels.

A visitor knows only what stands on the page. Whatever is not there, or there twice, is a fault with the page's
words in it. `clicks` and `fields` count what a person would have done.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

from bs4 import BeautifulSoup, Tag
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.helpers import captcha_answer
from tests.makers import PASSWORD

MARKS = re.compile(r"[*＊]|（必填）")
BLANKS = re.compile(r"\s+")
TYPED = ("input", "select", "textarea")
SEND = ("submit", "image")
FURTHEST = 10  # redirects
FAR = 3  # rows, cards and forms around a field or link that say what it is about


def words_of(tag: Tag) -> str:
    """What stands there, blanks and the marks of required fields left out."""
    return BLANKS.sub("", MARKS.sub("", str(tag.get("aria-label") or "") or tag.get_text()))


class Visitor:
    """A person at a browser, with a client of the tests underneath, so that the tripwire watches every answer."""

    def __init__(self) -> None:
        self.client = Client(enforce_csrf_checks=True)
        self.path = "/"
        self.status = 0
        self.response: Any = None
        self.page = BeautifulSoup("", "lxml")
        self.filled: dict[int, list[str | SimpleUploadedFile]] = {}
        self.clicks = self.fields = 0

    # -- going -------------------------------------------------------------------------------------

    def opens(self, path: str) -> Visitor:
        """Type an address; redirects are followed."""
        return self._arrives(self.client.get(path), path)

    def follows(self, words: str, *, near: str = "") -> Visitor:
        """Click the link of these words; `near` names words of the row, card or form it stands in."""
        link = self._one(words, self.page.select("a[href]"), near, "link")
        self.clicks += 1
        return self.opens(urljoin(self.path, str(link["href"])))

    def presses(self, words: str, *, near: str = "") -> Visitor:
        """Send the form of this button, with everything that is filled in."""
        button = self._one(words, self._buttons(), near, "button")
        self.clicks += 1
        form = self._form_of(button)
        sent = [
            *self._sent(form),
            *([(button["name"], button.get("value", ""))] if button.get("name") else []),
        ]
        target = urljoin(self.path, str(button.get("formaction") or form.get("action") or self.path))
        method = str(button.get("formmethod") or form.get("method") or "get").lower()
        if method == "get":
            return self.opens(f"{urlsplit(target).path}?{urlencode(sent, doseq=True)}")
        data: dict[str, list[Any]] = {}
        for name, value in sent:
            data.setdefault(str(name), []).append(value)
        return self._arrives(self.client.post(target, data), target)

    def signs_in(self, account: Any, password: str = PASSWORD) -> Visitor:
        """From the root address, through the form, with the captcha answered from the database."""
        self.opens("/").fills("身份证号码", account if isinstance(account, str) else account.id_number)
        return self.fills("密码", password).answers_the_captcha().presses("登录")

    def answers_the_captcha(self) -> Visitor:
        """Type what the picture shows."""
        key = self.page.select_one("input[name=captcha_0]")
        assert key, self._lost("captcha")
        return self._fill(self._by_name("captcha_1"), captcha_answer(str(key["value"])))

    # -- filling in --------------------------------------------------------------------------------

    def fills(self, label: str, value: str, *, near: str = "") -> Visitor:
        """Type into the field of this label, or choose from it by the words of the option; a month as 2019-05."""
        found = self._labelled(label, near)
        if len(found) == 2 and all(each.name == "select" for each in found):
            for select, part in zip(found, value.split("-"), strict=True):
                self._fill(select, str(int(part)))
            self.fields -= 1
            return self
        assert len(found) == 1, self._lost(f"field {label}")
        return self._fill(found[0], value)

    def chooses(self, label: str, *, near: str = "") -> Visitor:
        """Tick the box or take the radio of this label."""
        (box,) = self._labelled(label, near, "input[type=checkbox], input[type=radio]") or [None]
        assert box, self._lost(f"choice {label}")
        self.fields += 1
        if box["type"] == "radio":
            for other in self._fields_of(self._form_of(box)):
                if other.get("type") == "radio" and other.get("name") == box.get("name"):
                    self.filled[id(other)] = []
        self.filled[id(box)] = [str(box.get("value", "on"))]
        return self

    def leaves(self, label: str, *, near: str = "") -> Visitor:
        """Take the tick out of a box."""
        (box,) = self._labelled(label, near, "input[type=checkbox]") or [None]
        assert box, self._lost(f"choice {label}")
        self.filled[id(box)] = []
        self.fields += 1
        return self

    def attaches(self, label: str, name: str, raw: bytes, *, near: str = "") -> Visitor:
        """Choose a file for the field of this label."""
        (field,) = self._labelled(label, near, "input[type=file]") or [None]
        assert field, self._lost(f"file {label}")
        self.filled[id(field)] = [SimpleUploadedFile(name, raw)]
        self.fields += 1
        return self

    def _fill(self, field: Tag, value: str) -> Visitor:
        if field.name == "select":
            options = {
                words_of(each): str(each.get("value", words_of(each))) for each in field.select("option")
            }
            key = BLANKS.sub("", value)
            assert key in options or value in options.values(), self._lost(
                f"option {value} of {sorted(options)}"
            )
            value = options.get(key, value)
        self.filled[id(field)] = [value]
        self.fields += 1
        return self

    # -- reading -----------------------------------------------------------------------------------

    @property
    def heading(self) -> str:
        """The title of the page."""
        found = self.page.select_one("h1")
        return BLANKS.sub(" ", found.get_text(" ", strip=True)) if found else ""

    @property
    def text(self) -> str:
        """Everything to be read in the body of the page, without blanks."""
        return BLANKS.sub("", (self.page.select_one("main") or self.page).get_text())

    def sees(self, *words: str) -> Visitor:
        """All of this stands in the body of the page."""
        missing = [each for each in words if BLANKS.sub("", each) not in self.text]
        assert missing == [], self._lost("、".join(missing))
        return self

    def sees_not(self, *words: str) -> Visitor:
        """Nothing of this stands in the body of the page."""
        present = [each for each in words if BLANKS.sub("", each) in self.text]
        assert present == [], self._lost(f"page without {'、'.join(present)}")
        return self

    def offers(self, words: str) -> bool:
        """Whether a link or button of these words is there."""
        key = BLANKS.sub("", words)
        return any(words_of(each) == key for each in [*self.page.select("a[href]"), *self._buttons()])

    def value(self, label: str, *, near: str = "") -> str:
        """What stands in a field."""
        (field,) = self._labelled(label, near)
        return next((str(value) for _, value in self._values(field)), "")

    # -- how -----------------------------------------------------------------------------------------

    def _arrives(self, response: Any, path: str) -> Visitor:
        for _ in range(FURTHEST):
            if response.status_code not in (301, 302, 303):
                break
            path = urljoin(path, response.headers["Location"])
            response = self.client.get(path)
        self.path, self.status, self.response, self.filled = path, response.status_code, response, {}
        is_page = response.headers.get("Content-Type", "").startswith("text/html")
        if is_page:
            self.page = BeautifulSoup(response.content.decode(), "lxml")
        return self

    def _one(self, words: str, tags: list[Tag], near: str, what: str) -> Tag:
        """The one of these words: exactly so, else beginning so; in the body before anywhere else."""
        key = BLANKS.sub("", words)
        named = [each for each in tags if words_of(each) == key and self._is_near(each, near)]
        named = named or [
            each for each in tags if words_of(each).startswith(key) and self._is_near(each, near)
        ]
        named = [each for each in named if each.find_parent("main")] or named
        places = {(each.get("href"), id(self._form_of(each)) if what == "button" else 0) for each in named}
        assert len(places) == 1, self._lost(
            f"{what} {words}" + (f" near {near}" if near else ""), len(places)
        )
        return named[0]

    def _is_near(self, tag: Tag, near: str) -> bool:
        return not near or self._steps_to(tag, near) < FAR

    def _steps_to(self, tag: Tag, near: str) -> int:
        """How many rows, cards or forms further out the words stand; FAR where they are not about."""
        key = BLANKS.sub("", near)
        inside = ("tr", "li", "form", "fieldset", "section", "article", "dd", "details")
        around = enumerate(tag.find_parents(inside)[:FAR])
        return next((at for at, each in around if key in BLANKS.sub("", each.get_text())), FAR)

    def _buttons(self) -> list[Tag]:
        found = self.page.select("button, input[type=submit]")
        return [each for each in found if each.get("type", "submit") in SEND and self._form_of(each)]

    def _form_of(self, tag: Tag) -> Tag | None:
        named = tag.get("form")
        return self.page.find("form", id=named) if named else tag.find_parent("form")

    def _labelled(self, label: str, near: str, kind: str = "") -> list[Tag]:
        """The fields of a label, of their own words, or of the legend they stand under."""
        key = BLANKS.sub("", label)
        found: list[Tag] = []
        for each in self.page.select("label"):
            if words_of(each) == key and self._is_near(each, near):
                target = self.page.find(id=each["for"]) if each.get("for") else each.find(TYPED)
                found += [target] if target else []
        if not found:
            found = [
                each
                for each in self.page.find_all(TYPED)
                if each.get("aria-label") and words_of(each) == key and self._is_near(each, near)
            ]
        for legend in [] if found else self.page.select("legend"):
            if words_of(legend) == key and self._is_near(legend, near):
                found += legend.find_parent("fieldset").find_all(TYPED)
        if kind:
            found = [each for each in found if each in self.page.select(kind)]
        assert found, self._lost(f"field {label}" + (f" near {near}" if near else ""))
        steps = [self._steps_to(each, near) for each in found]
        found = [each for each, far in zip(found, steps, strict=True) if far == min(steps)]
        return found if len({each.get("name") for each in found}) > 1 else found[:1]

    def _by_name(self, name: str) -> Tag:
        found = self.page.find(TYPED, attrs={"name": name})
        assert found, self._lost(name)
        return found

    def _fields_of(self, form: Tag) -> list[Tag]:
        return [each for each in self.page.find_all(TYPED) if self._form_of(each) is form]

    def _sent(self, form: Tag) -> list[tuple[str, Any]]:
        return [pair for field in self._fields_of(form) for pair in self._values(field)]

    def _values(self, field: Tag) -> Iterator[tuple[str, Any]]:
        """What a browser would send of a field."""
        name, kind = field.get("name"), field.get("type", "text")
        if not name or field.has_attr("disabled") or kind in (*SEND, "button", "reset"):
            return
        if id(field) in self.filled:
            yield from ((str(name), value) for value in self.filled[id(field)])
        elif field.name == "textarea":
            yield str(name), field.get_text().removeprefix("\n")  # as browsers do
        elif field.name == "select":
            options = field.select("option")
            chosen = [each for each in options if each.has_attr("selected")] or options[:1]
            yield from ((str(name), str(each.get("value", each.get_text()))) for each in chosen)
        elif kind in ("checkbox", "radio"):
            if field.has_attr("checked"):
                yield str(name), str(field.get("value", "on"))
        elif kind != "file":
            yield str(name), str(field.get("value", ""))

    def _lost(self, what: str, times: int = 0) -> str:
        """What was looked for, and the page it was looked for on."""
        body = self.page.select_one("main") or self.page
        found = f"{times} × " if times else "no "
        return f"{found}{what} at {self.path} ({self.status}, {self.heading}):\n{body.get_text(' ', strip=True)[:3000]}"
