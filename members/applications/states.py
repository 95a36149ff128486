"""How an application's state is said, and who decides it, to the person who asked."""

from __future__ import annotations

from dataclasses import dataclass

from orgs.models import Organization

from ..models import Application, ApplicationState

BADGES = {
    ApplicationState.PENDING: "todo",
    ApplicationState.RETURNED: "returned",
    ApplicationState.APPROVED: "done",
    ApplicationState.WITHDRAWN: "void",
    ApplicationState.ENDED: "void",
}


def badge(application: Application) -> tuple[str, str]:
    """State in a word, and the badge's kind."""
    return application.get_state_display(), BADGES[ApplicationState(application.state)]


@dataclass(frozen=True)
class Decider:
    """An organisation whose administrators decide, with what its 组织名片 says; never anybody's mobile number."""

    organization: Organization

    @property
    def contact(self) -> str:
        """联系电话 and 通讯地址 of the organisation; empty where it has given none."""
        facts = (("联系电话", self.organization.contact_phone), ("通讯地址", self.organization.address))
        return "，".join(f"{label} {value}" for label, value in facts if value)


def deciders(branch: Organization) -> list[Decider]:
    """The branch and its direct superior: either of them decides (§3)."""
    return [Decider(each) for each in (branch, branch.parent) if each is not None]
