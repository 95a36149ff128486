"""The answer of a rule: yes, or no with the reason in the user's words."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Verdict:
    """Truthy when allowed; otherwise falsy with a Chinese `reason` and a short machine-readable `cause`.

    `remedy` is what the user can do about it; it may be empty.
    """

    allowed: bool
    reason: str = ""
    cause: str = ""
    remedy: str = ""

    def __bool__(self) -> bool:
        return self.allowed

    @property
    def message(self) -> str:
        """Reason and remedy as one Chinese text, for a page or a cell."""
        return f"{self.reason}{self.remedy}"

    def demand(self) -> None:
        """Raise `Refused` unless the verdict is yes."""
        if not self.allowed:
            raise Refused(self)


class Refused(Exception):
    """A rule said no; carries the verdict so that the page can show its reason."""

    def __init__(self, verdict: Verdict):
        super().__init__(verdict.reason)
        self.verdict = verdict


YES = Verdict(True)


def no(reason: str, *, cause: str = "", remedy: str = "") -> Verdict:
    """A refusal: `reason` says what is wrong and why, `remedy` what to do."""
    return Verdict(False, reason, cause, remedy)


def first_no(*verdicts: Verdict) -> Verdict:
    """The first refusal among the verdicts, or yes."""
    return next((verdict for verdict in verdicts if not verdict), YES)
