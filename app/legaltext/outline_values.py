"""What an outline is made from and what it gives: lines, doubts, and the outline itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from app.legaltext.units import Kind, Units

#: The most units that one text may have.
MAX_UNITS = 20_000

#: Why a place in a text is in doubt, in English; the keys are stable and a UI translates by them.
MESSAGES = {
    "title_missing": "No title was found; type it.",
    "part_left_out": "Another document in the file was left out: {name}.",
    "signature_left_out": "Read as a signature and left out: {name}.",
    "text_in_one_line": "The text came without line breaks; units were parted by their marks.",
    "section_sign_lost": "Read as § {mark}: the § sign seems lost.",
    "number_ambiguous": "“{mark}.” may be {kind} or {other}; read as {kind}.",
    "number_as_point": "Written “{mark}.” but read as a point of the list above.",
    "number_as_chapter": "Written “{mark}.” but read as a chapter, since it looks like a title.",
    "out_of_sequence": "The mark “{mark}” does not follow “{previous}”.",
    "duplicate_mark": "The mark “{mark}” occurs twice here.",
    "line_begins_like_unit": "A line begins with “{mark}” but was joined to the text before it.",
    "joined_lines": "Joined to the text before it, which did not end.",
    "parted_lines": "The next line was parted from this text, though it may belong to it.",
    "hyphen_joined": "A word broken at the end of a line was joined: {name}.",
    "unmarked_text": "Text without a mark stands among marked provisions.",
    "common_ending": "Read as the common ending of the list above.",
    "heading_guessed": "Read as a heading, since it is short and does not end as a sentence does.",
    "list_level_guessed": "The level of this list item was guessed.",
    "unusual_mark": "The mark “{mark}” is not one that the legal style sheet knows.",
    "roman_letters": "Numbered i), ii), iii) by Word and read as letters.",
    "table_from_lines": "A table was put together from single lines; check rows and columns.",
    "long_title": "This title is long; it may hold the text of a provision.",
    "no_text": "This provision has no text.",
    "blank_left": "A blank to be filled in was left: “{name}”.",
    "signs_left_out": "Signs that are no part of the text were left out: {name}.",
    "read_as_section_sign": "“{name}” before the numbers was read as the § sign.",
    "letter_as_one": "“{name}” was read as the number 1.",
    "letters_repaired": "Broken Polish letters were repaired ({name}).",
    "letters_broken": "Polish letters look broken ({name}) and cannot be repaired safely.",
    "letters_unreadable": "Some letters could not be read and are shown as “�”.",
    "tracked_changes": "Tracked changes were read as accepted.",
    "footnote": "A footnote was put after its provision in brackets.",
    "text_box": "The file has text boxes; their text was put where they are anchored.",
    "comments_left_out": "Comments in the margin were left out.",
    "picture_left_out": "The file has pictures or drawings, which were left out.",
    "merged_cells": "The table has merged cells; their text stands in the first of them.",
    "nested_table": "A table inside a table was read as the text of its cell.",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph or line of a source, before anything is understood.

    ``number`` is its place in the source from 1; ``label`` an automatic number as Word prints it
    ("§ 4.", "2)"), ``level`` its level in the list from 0, and
    ``indent`` the blanks before a typed line. ``whole`` says that the source ends
    paragraphs itself, so that nothing wraps. ``rows`` makes the line a table. ``warnings`` are the
    codes of doubts that the source had about this line.
    """

    text: str
    number: int = 0
    label: str = ""
    level: int | None = None
    indent: int = 0
    heading: bool = False
    whole: bool = False
    rows: tuple[tuple[str, ...], ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Doubt:
    """A place where the reading is not certain, and why.

    ``line`` counts from 1, 0 for the whole document; ``unit_id`` is empty for what is not about a
    unit; ``raw`` is the source line as it came, and ``values`` fill the message.
    """

    code: str
    line: int = 0
    unit_id: str = ""
    raw: str = ""
    values: tuple[tuple[str, str], ...] = ()

    @property
    def message(self) -> str:
        """The reason as an English sentence."""
        return MESSAGES[self.code].format(**dict(self.values))


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A line that is in no unit: a page number, a footer, another document in the same file."""

    line: int
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Outline:
    """What was understood of a text: title, units, and every doubt; nothing of it is lost silently.

    ``sources`` gives for each unit the numbers of the lines it was read from; what no unit holds
    is in ``left_out``.
    """

    title: str
    units: Units
    doubts: tuple[Doubt, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    sources: tuple[tuple[str, int], ...] = ()


class Shape(StrEnum):
    """How a mark is written, before it is known what kind of unit it marks."""

    PART = "part"
    DIVISION = "division"
    CHAPTER = "chapter"
    SIGN = "sign"  # § 4.
    ROMAN = "roman"  # IV.
    DECIMAL = "decimal"  # 1.2.
    NUMBER = "number"  # 4.
    POINT = "point"  # 4)
    LETTER = "letter"  # b)
    DASH = "dash"
    TEXT = "text"
    TABLE = "table"


@dataclass(slots=True)
class Item:
    """A provision in the making: a mark and the text gathered behind it.

    ``last`` is the last line that was joined; ``kind`` is decided
    once all items are known, ``depth`` only orders dashes below dashes.
    """

    shape: Shape
    mark: str
    text: str
    line: Line
    printed: str = ""
    inner: bool = False
    last: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    kind: Kind | None = None
    depth: int = 0
    doubts: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def doubt(self, code: str, **values: str) -> None:
        """Note a doubt about this item, once for each reason."""
        if (code, values) not in self.doubts:
            self.doubts.append((code, values))


class OutlineError(ValueError):
    """A text of which no outline can be made; ``code`` is stable, the message says what to do."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def too_many_units() -> OutlineError:
    """The error for a text beyond ``MAX_UNITS``."""
    message = f"The text has more than {MAX_UNITS} provisions. Import it in parts."
    return OutlineError("too_many_units", message)
