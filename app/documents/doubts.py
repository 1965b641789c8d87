"""What the importer was not sure of, said to the coordinator in sentences."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.documents.forms import KINDS

#: A sentence for each code of ``legaltext.outline_values.MESSAGES``.
SENTENCES = {
    "title_missing": _l("No title was found. Type it when you confirm the text."),
    "part_left_out": _l("Another document in the file was left out: %(name)s."),
    "signature_left_out": _l("Read as a signature and left out: %(name)s."),
    "text_in_one_line": _l("The text came without line breaks; it was divided at its marks."),
    "section_sign_lost": _l("Read as § %(mark)s: the § sign seems to be lost."),
    "number_ambiguous": _l(
        "“%(mark)s.” may be: %(kind)s, or: %(other)s. It was read as: %(kind)s."
    ),
    "number_as_point": _l("Written “%(mark)s.” but read as a point of the list above."),
    "number_as_chapter": _l(
        "Written “%(mark)s.” but read as a chapter, because it looks like a title."
    ),
    "out_of_sequence": _l("“%(mark)s” does not follow “%(previous)s”."),
    "duplicate_mark": _l("“%(mark)s” occurs twice here."),
    "line_begins_like_unit": _l(
        "A line begins with “%(mark)s” but was joined to the text before it."
    ),
    "joined_lines": _l("Joined to the text before it, which had not ended."),
    "parted_lines": _l("The next line was divided from this text, though it may belong to it."),
    "roman_letters": _l("Word numbers this list i), ii), iii). It was read as letters."),
    "hyphen_joined": _l("A word broken at the end of a line was joined: %(name)s."),
    "unmarked_text": _l("A text without a mark stands among marked provisions."),
    "common_ending": _l("Read as the common ending of the list above."),
    "heading_guessed": _l(
        "Read as a heading, because it is short and does not end like a sentence."
    ),
    "list_level_guessed": _l("The level of this list item was guessed."),
    "unusual_mark": _l("The mark “%(mark)s” is unusual in a legal text."),
    "table_from_lines": _l(
        "A table was put together from single lines. Check its rows and columns."
    ),
    "long_title": _l("This title is long. It may hold the text of a provision."),
    "no_text": _l("This provision has no text."),
    "blank_left": _l("A blank to be filled in was left: “%(name)s”."),
    "signs_left_out": _l("Signs that are no part of the text were left out: %(name)s."),
    "read_as_section_sign": _l("“%(name)s” before the numbers was read as the § sign."),
    "letter_as_one": _l("“%(name)s” was read as the number 1."),
    "letters_repaired": _l("Broken Polish letters were repaired (%(name)s)."),
    "letters_broken": _l(
        "Polish letters look broken (%(name)s) and cannot be repaired safely. Correct them."
    ),
    "letters_unreadable": _l("Some letters could not be read and are shown as “�”."),
    "tracked_changes": _l("Tracked changes were read as if they had been accepted."),
    "footnote": _l("A footnote was put after its provision, in brackets."),
    "text_box": _l("The file has text boxes. Their text stands where they are anchored."),
    "comments_left_out": _l("Comments in the margin were left out."),
    "picture_left_out": _l("The file has pictures or drawings, which were left out."),
    "merged_cells": _l("The table has merged cells. Their text stands in the first of them."),
    "nested_table": _l("A table inside a table was read as the text of its cell."),
}


def sentence(code: str, values: Mapping[str, str], raw: str = "") -> str:
    """The doubt in words; one that has no words yet shows the line it is about.

    Never fails: a doubt that cannot be said well must not keep the outline from being shown.
    """
    named = {name: _named(value) for name, value in values.items()}
    try:
        return str(SENTENCES[code]) % named
    except (KeyError, ValueError, TypeError):
        return _("Check this row: %(line)s", line=raw or code)


def _named(value: str) -> str:
    """Kinds are given by their value, "section", and said as readers know them."""
    return next((str(name) for kind, name in KINDS.items() if str(kind) == value), value)
