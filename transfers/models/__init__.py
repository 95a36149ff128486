"""The tables of transfers, by topic."""

from .cases import Step, Transfer, TransferQuerySet

__all__ = ["Step", "Transfer", "TransferQuerySet"]
