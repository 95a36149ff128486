"""What the tests of lists read off a page."""

import re

LIST, CADRES = "/members/", "/cadres/"
NAME = re.compile(r'<th scope="row"><a href="/(?:members|cadres)/\d+/">([^<]+)</a>')
NEXT = re.compile(r'href="(\?[^"]*after=[^"]*)"')
PREVIOUS = re.compile(r'href="(\?[^"]*before=[^"]*)" rel="prev"')


def text(response) -> str:
    return response.content.decode()


def names(response) -> list[str]:
    """The names in the table, in order."""
    return NAME.findall(text(response))


def link(pattern: re.Pattern, response) -> str:
    """The address of the first link that fits."""
    return pattern.search(text(response)).group(1).replace("&amp;", "&")


def headings(response) -> list[str]:
    """The columns of the table."""
    return [each.column.heading for each in response.context["heads"]]
