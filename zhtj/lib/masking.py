"""Takes ID and phone numbers out of texts that leave the application, such as log lines."""

import re

# Letters may stand right beside a number (url=…/x110…), other digits may not.
_NUMBERS = re.compile(r"(?<!\d)(\d{17}[\dXx]|\d{17}|1[3-9]\d{9})(?!\d)")
# The page that checks a letter has its code in the address, for a QR code can carry nothing else.
_CHECKED = re.compile(r"(?<!/transfers)(/letters/)[^/\s?\"']+")


def mask_numbers(text: str) -> str:
    """The text with every 17- or 18-character ID and every mobile number cut to its first three characters.

    Codes of letters in addresses become `*`.
    """
    text = _CHECKED.sub(r"\1*", text)
    return _NUMBERS.sub(lambda match: match.group()[:3] + "*" * (len(match.group()) - 3), text)
