"""Style sheets and templates keep to what old browsers and a strict policy allow."""

import re
from pathlib import Path

import django_htmx
import pytest

HTMX = "static/django_htmx/htmx-2.min.js"
ROOT = Path(__file__).resolve().parents[2]
SHEETS = sorted((ROOT / "static/css").glob("*.css"))
SCRIPTS = sorted((ROOT / "static/js").glob("*.js"))
FOREIGN = [*ROOT.glob("static/vendor/**/*.js"), Path(django_htmx.__file__).parent / HTMX]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
TOO_NEW = re.compile(
    r":has\(|:is\(|:where\(|color-mix|@container|@layer|aspect-ratio|\binset\s*:|\d[dsl]vh|^\s*&",
    re.MULTILINE,
)
# What Chromium 86, Firefox 78 or Safari 14 does not know: newer than ES2020, or newer than their libraries.
TOO_NEW_SCRIPT = re.compile(
    r"\?\?=|\|\|=|&&=|\(\?<[=!]|^\s+#\w|\bstatic \{|\.at\(|\.findLast|\bhasOwn\(|Promise\.any|structuredClone|"
    r"WeakRef|randomUUID|\.showModal|\.showPopover|\.toSorted|AbortSignal\.timeout",
    re.MULTILINE,
)
FLEX_GAP = re.compile(r"\{[^}]*display:\s*(inline-)?flex[^}]*\bgap:[^}]*\}")
INLINE = re.compile(r"<style|\sstyle=|\son[a-z]+=|javascript:|<script(?![^>]*\ssrc=)", re.IGNORECASE)


def named(paths):
    return [pytest.param(path, id=str(path.relative_to(ROOT))) for path in paths]


@pytest.mark.parametrize("sheet", named(SHEETS))
def test_a_style_sheet_uses_nothing_newer_than_the_supported_browsers(sheet):
    text = sheet.read_text(encoding="utf-8")
    assert (TOO_NEW.findall(text), FLEX_GAP.findall(text)) == ([], [])


@pytest.mark.parametrize("script", [*named(SCRIPTS), *(pytest.param(each, id=each.name) for each in FOREIGN)])
def test_a_script_uses_nothing_newer_than_the_supported_browsers(script):
    assert TOO_NEW_SCRIPT.findall(script.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("template", named(TEMPLATES))
def test_a_template_has_no_inline_style_or_script(template):
    text = re.sub(
        r"\{% verbatim %\}.*?\{% endverbatim %\}", "", template.read_text(encoding="utf-8"), flags=re.DOTALL
    )
    assert INLINE.findall(text) == []


@pytest.mark.parametrize("script", named(SCRIPTS))
def test_a_script_opens_with_what_it_does(script):
    assert script.read_text(encoding="utf-8").startswith("// ")


def test_every_icon_asked_for_is_in_the_sprite():
    sprite = (ROOT / "static/img/icons.svg").read_text(encoding="utf-8")
    asked = {
        name
        for path in TEMPLATES
        for name in re.findall(r'{% icon "([\w-]+)"', path.read_text(encoding="utf-8"))
    }
    assert sorted(name for name in asked if f'id="{name}"' not in sprite) == []


def test_every_behaviour_asked_for_exists():
    asked = {
        name
        for path in TEMPLATES
        for name in re.findall(r'{% script "([\w-]+)"', path.read_text(encoding="utf-8"))
    }
    assert sorted(asked - {script.stem for script in SCRIPTS}) == []
