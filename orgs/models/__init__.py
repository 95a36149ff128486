"""The tree, the posts and seats in it, and what is asked of it."""

from .jobs import JobState, TreeJob
from .living import alive_while
from .organization import FormerName, Organization, OrganizationQuerySet
from .petitions import Petition, PetitionStep
from .seats import Post, Seat

__all__ = [
    "FormerName",
    "JobState",
    "Organization",
    "OrganizationQuerySet",
    "Petition",
    "PetitionStep",
    "Post",
    "Seat",
    "TreeJob",
    "alive_while",
]
