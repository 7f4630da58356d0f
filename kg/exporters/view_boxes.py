"""How large each node of the page is: its label in lines, and the box around them.

The sizes are estimates from the number of characters, so that the layout needs no browser and no font; the page fits
the text into the box.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from kg.exporters.view_data import ViewNode

__all__ = ["Box", "measure_node", "wrap_text"]


@dataclass(frozen=True, slots=True)
class Box:
    """Width and height in layout pixels, and the label in lines."""

    width: int
    height: int
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Shape:
    """``columns`` in characters of average width; ``character`` their width, ``leading`` a line's height in pixels."""

    columns: int
    rows: int
    character: float
    leading: int
    around: int
    above: int
    least: int


_SHAPES = {
    "decision": _Shape(columns=26, rows=4, character=6.9, leading=17, around=34, above=34, least=130),
    "actor": _Shape(columns=22, rows=2, character=7.4, leading=17, around=34, above=16, least=64),
    "limit": _Shape(columns=26, rows=4, character=6.4, leading=15, around=34, above=29, least=92),
    "source": _Shape(columns=22, rows=2, character=6.4, leading=15, around=30, above=16, least=70),
    "article": _Shape(columns=26, rows=2, character=6.2, leading=15, around=24, above=28, least=120),
    "claim": _Shape(columns=22, rows=1, character=6.2, leading=15, around=22, above=14, least=60),
    "passage": _Shape(columns=28, rows=2, character=6.0, leading=14, around=22, above=14, least=80),
}


def measure_node(node: ViewNode) -> Box:
    """The box of a node; its label is cut with an ellipsis where it needs more lines than the kind has."""
    shape = _SHAPES[node.kind]
    lines = wrap_text(node.label or node.id, columns=shape.columns, rows=shape.rows)
    longest = max(map(_measure_text, lines))
    width = max(shape.least, round(longest * shape.character) + shape.around)
    return Box(width + width % 2, len(lines) * shape.leading + shape.above, lines)


def wrap_text(text: str, *, columns: int, rows: int) -> tuple[str, ...]:
    """At most ``rows`` lines of at most ``columns`` average characters; words longer than a line are broken.

    >>> wrap_text("strike targets beyond the border with long-range missiles", columns=20, rows=2)
    ('strike targets', 'beyond the border …')
    >>> wrap_text("Llanfairpwllgwyngyllgogerychwyrndrobwll", columns=16, rows=2)
    ('Llanfairpwllgwy', 'ngyllgogerychw…')
    """
    lines: list[str] = []
    for word in _break_words(text.split(), columns):
        if lines and _measure_text(f"{lines[-1]} {word}") <= columns:
            lines[-1] += f" {word}"
        elif len(lines) == rows:
            lines[-1] = _cut(lines[-1], columns)
            break
        else:
            lines.append(word)
    return tuple(lines) or ("–",)


def _break_words(words: Iterable[str], columns: int) -> Iterable[str]:
    for word in words:
        while _measure_text(word) > columns:
            part = word[: max(1, int(columns * len(word) / _measure_text(word)))]
            yield part
            word = word[len(part) :]
        if word:
            yield word


def _cut(line: str, columns: int) -> str:
    """Ends with an ellipsis, after a whole word where the line has several."""
    while _measure_text(line) + 2 > columns and " " in line:
        line = line[: line.rindex(" ")]
    return f"{line} …" if _measure_text(line) + 2 <= columns else f"{line[: max(1, len(line) - 1)]}…"


def _measure_text(text: str) -> float:
    """Width in average Latin characters: wide scripts and emoji count double, capitals a third more, marks nothing."""
    return sum(map(_measure_character, text))


def _measure_character(character: str) -> float:
    if unicodedata.combining(character):
        return 0.0
    if unicodedata.east_asian_width(character) in "WF":
        return 1.9
    return 1.3 if character.isupper() or character in "mwMW@—…" else 1.0
