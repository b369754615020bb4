"""What a report is made of, before it is a PDF or a page: plain blocks that both renderers know.

What says a figure bears its name (`figure`), a key of `app.report_sources.SOURCES`: `golmok report --explain` prints it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field, replace
from typing import Literal

Tone = Literal["plain", "quiet", "warning"]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: level 1 opens a part, 2 a section."""

    text: str
    level: int = 2
    kind: str = field(default="heading", init=False)


@dataclass(frozen=True, slots=True)
class Text:
    """One paragraph."""

    text: str
    tone: Tone = "plain"
    figure: str = ""
    kind: str = field(default="text", init=False)


@dataclass(frozen=True, slots=True)
class Points:
    """A short list of sentences."""

    items: tuple[str, ...]
    figure: str = ""
    kind: str = field(default="points", init=False)


@dataclass(frozen=True, slots=True)
class Headline:
    """The one figure that everyone takes home, and the sentence that says what it is a share of."""

    value: str
    label: str
    sentence: str
    figure: str = ""
    kind: str = field(default="headline", init=False)


@dataclass(frozen=True, slots=True)
class Fact:
    """A number with its name and what it rests on."""

    value: str
    label: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """A row of two to four facts."""

    items: tuple[Fact, ...]
    figure: str = ""
    kind: str = field(default="facts", init=False)


@dataclass(frozen=True, slots=True)
class Table:
    """A table. `align` holds l or r for each column; `code` names the columns set in a fixed-width face."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    align: str
    widths: tuple[int, ...] = ()
    code: tuple[int, ...] = ()
    figure: str = ""
    kind: str = field(default="table", init=False)

    def __post_init__(self) -> None:
        """Refuse rows that do not fit the head."""
        wrong = [row for row in self.rows if len(row) != len(self.head)]
        if wrong or len(self.align) != len(self.head) or len(self.widths) not in (0, len(self.head)):
            raise ValueError(f"table {self.caption!r}: rows, head, align and widths must pair up")


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing as SVG text, with what it shows in words for those who cannot see it."""

    svg: str
    alt: str
    caption: str
    figure: str = ""
    kind: str = field(default="chart", init=False)


@dataclass(frozen=True, slots=True)
class PageBreak:
    """Start a new page (PDF only)."""

    kind: str = field(default="break", init=False)


Block = Heading | Text | Points | Headline | Facts | Table | Chart | PageBreak


def named(figure: str, blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield blocks, those that say something and bear no figure's name yet with this one."""
    for block in blocks:
        if isinstance(block, (Heading, PageBreak)) or block.figure:
            yield block
        else:
            yield replace(block, figure=figure)


@dataclass(frozen=True, slots=True)
class Document:
    """A whole report: what stands on its first page and margins, and its blocks in order."""

    lang: str
    title: str
    subtitle: str
    lines: tuple[str, ...]
    margin: str
    watermark: str
    day: tuple[int, int, int]
    blocks: tuple[Block, ...]
    # Who took an internal report, when and what for: on every page. Empty in other editions.
    stamp: str = ""

    def as_dict(self) -> dict[str, object]:
        """Return the document as plain dicts and lists, ready for JSON."""
        return asdict(self)
