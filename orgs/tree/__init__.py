"""The only writer of paths and names, and the locks that keep the tree whole."""

from .lineage import NewNames, ancestors, moved, renamed, stems_down_to
from .locks import entering, hold, rearranging
from .planting import Seedling, delete_softly, plant, restore
from .rewriting import move, rename

__all__ = [
    "NewNames",
    "Seedling",
    "ancestors",
    "delete_softly",
    "entering",
    "hold",
    "move",
    "moved",
    "plant",
    "rearranging",
    "rename",
    "renamed",
    "restore",
    "stems_down_to",
]
