"""`make diagram`: the picture of who imports whom, drawn from the import graph of the code into docs/images/imports.svg.

The parts stand in the order of the arrows, the lowest at the bottom; an arc on the right leads down to what is
imported, the thicker the more modules do so. Arcs on the left lead up: into the frame around the apps, and nowhere else.
"""

from __future__ import annotations

from collections import Counter
from math import log
from pathlib import Path

import grimp

PICTURE = Path(__file__).parents[1] / "docs" / "images" / "imports.svg"
# Top to bottom; "zhtj" is what stands around the apps: settings, urls, menu, middleware, serving.
PARTS = (
    "zhtj",
    "zhtj.desk",
    "zhtj.help",
    "transfers",
    "regcodes",
    "members",
    "orgs",
    "accounts",
    "zhtj.audit",
    "zhtj.lib",
)
APPS = tuple(sorted({part.partition(".")[0] for part in PARTS}))
LEFT, WIDTH, HEIGHT, GAP = 150, 190, 34, 24
STEP = HEIGHT + GAP


def part_of(module: str) -> str:
    """The part that a module belongs to."""
    return max((part for part in PARTS if module == part or module.startswith(f"{part}.")), key=len)


def counted() -> tuple[Counter[str], Counter[tuple[str, str]]]:
    """Modules by part, and imports by (part, imported part)."""
    graph = grimp.build_graph(*APPS)
    modules, imports = Counter[str](), Counter[tuple[str, str]]()
    for module in graph.modules:
        modules[part_of(module)] += 1
        for imported in graph.find_modules_directly_imported_by(module):
            if part_of(imported) != part_of(module):
                imports[part_of(module), part_of(imported)] += 1
    return modules, imports


def drawn() -> str:
    """The picture as SVG."""
    modules, imports = counted()
    height = STEP * len(PARTS) + GAP
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 {height}" width="640" height="{height}" role="img"'
        ' aria-label="Who imports whom" font-family="system-ui, sans-serif" font-size="14">',
        f'<rect width="640" height="{height}" fill="#fff"/>',
        *(arc(*pair, number) for pair, number in sorted(imports.items())),
        *(box(part, modules[part]) for part in PARTS),
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


def box(part: str, modules: int) -> str:
    """A part with its name and its number of modules."""
    top = GAP + STEP * PARTS.index(part)
    name = "zhtj (the frame)" if part == "zhtj" else part
    return (
        f'<rect x="{LEFT}" y="{top}" width="{WIDTH}" height="{HEIGHT}" rx="6" fill="#f5f6f8" stroke="#9ca3af"/>'
        f'<text x="{LEFT + 12}" y="{top + 22}" fill="#111827">{name}</text>'
        f'<text x="{LEFT + WIDTH - 12}" y="{top + 22}" fill="#6b7280" text-anchor="end">{modules}</text>'
    )


def arc(importer: str, imported: str, number: int) -> str:
    """The imports of one part by another; their number on hover."""
    first, last = PARTS.index(importer), PARTS.index(imported)
    down = first < last
    x, side = (LEFT + WIDTH, 1) if down else (LEFT, -1)
    start, end = (GAP + STEP * at + HEIGHT / 2 for at in (first, last))
    out = x + side * (24 + 26 * abs(last - first))
    return (
        f'<path d="M{x} {start + 4 * side:.0f} C{out} {start:.0f} {out} {end:.0f} {x} {end - 4 * side:.0f}" fill="none"'
        f' stroke="{"#374151" if down else "#c7000b"}" stroke-opacity="0.55" stroke-width="{0.8 + log(number) / 1.6:.1f}">'
        f"<title>{importer} → {imported}: {number}</title></path>"
    )


if __name__ == "__main__":
    PICTURE.write_text(drawn(), "utf-8")
