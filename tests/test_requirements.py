"""What is pinned can be installed wherever the README says: Debian 12 comes with Python 3.11.2."""

from importlib.metadata import metadata

from django.conf import settings
from packaging.specifiers import SpecifierSet

PYTHON = "3.11.2"


def test_no_pin_asks_for_a_newer_python():
    pins = [
        line.partition("==")
        for name in ("requirements.txt", "requirements-dev.txt")
        for line in (settings.BASE_DIR / name).read_text().splitlines()
        if "==" in line
    ]
    facts = {name: metadata(name) for name, _, _ in pins}
    assert len(facts) > 40
    assert {name: facts[name]["Version"] for name, _, pin in pins if facts[name]["Version"] != pin} == {}
    asked = {name: each["Requires-Python"] or "" for name, each in facts.items()}
    assert {name for name, each in asked.items() if not SpecifierSet(each).contains(PYTHON)} == set()
