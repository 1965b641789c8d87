"""How a wording becomes another, word by word, as the amending formula says it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from .citation import in_words
from .diff import Op, compare
from .formula_phrases import is_sign, ordinal_in, quoted, words
from .tokens import is_blank, is_word, normalise, tokenize

#: More changes than this in one wording read worse than the new wording.
MOST_CHANGES = 4
#: So does a larger share of quoted words, of both wordings together.
MOST_QUOTED = 0.6
#: Nobody looks for a longer quotation, in words.
LONGEST_QUOTE = 40
_LONGEST_CONTEXT = 5
_LONGEST_CONTEXT_TOKENS = 20
_STOP = (".", "!", "?")
_CAPITAL = re.compile(r"\W*[A-ZĄĆĘŁŃÓŚŹŻ§]")


@dataclass(frozen=True, slots=True)
class _Edit:
    """What stands from ``start`` to ``end`` of the old wording, and what takes its place."""

    start: int
    end: int
    old: str
    new: str


# Kept, for the same change is said by itself, in the list of its § and against earlier editions.
@lru_cache(maxsize=2_048)
def word_clauses(old: str, new: str) -> tuple[str, ...] | None:
    """The changes in printed order: "wyraz „…” zastępuje się wyrazami „…”"; empty for equal texts.

    ``None`` when they would be unreadable, too many or too large, or when quoted words occur more
    than once in the old wording: then the unit is given a new wording.
    """
    old, new = normalise(old), normalise(new)
    edits = list(_edits(old, new))
    if not edits:
        return ()
    if len(edits) == 1 and old and new and (sentence := _sentence_clause(old, edits[0])):
        return (sentence,)
    if not old or not new or len(edits) > MOST_CHANGES or _quoted_share(edits, old, new):
        return None
    clauses: list[str] = []
    for edit in edits:
        clause = _clause(old, edit)
        if clause is None:
            return None
        clauses.append(clause)
    return tuple(clauses)


def _edits(old: str, new: str) -> Iterator[_Edit]:
    at = 0
    start, removed, added = 0, "", ""
    for piece in (*compare(old, new), None):
        if piece is not None and piece.op is Op.INSERT:
            added += piece.text
        elif piece is not None and piece.op is Op.DELETE:
            removed += piece.text
            at += len(piece.text)
        else:
            if removed.strip() or added.strip():
                yield _Edit(start, at, removed, added)
            at += len(piece.text) if piece else 0
            start, removed, added = at, "", ""


def _quoted_share(edits: list[_Edit], old: str, new: str) -> bool:
    changed = sum(_count(edit.old) + _count(edit.new) for edit in edits)
    return changed > MOST_QUOTED * (_count(old) + _count(new))


def _count(text: str) -> int:
    return sum(map(is_word, tokenize(text)))


def _clause(old: str, edit: _Edit) -> str | None:
    """What is said of one edit; ``None`` if it cannot be said in words that occur once."""
    if any(sign in edit.old + edit.new for sign in "\n\t"):
        return None
    sentence = _sentence_clause(old, edit)
    if sentence or not edit.old.strip():
        return sentence or _addition(old, edit)
    if is_sign(edit.old):
        return _sign_clause(old, edit)
    if not 0 < _count(edit.old) <= LONGEST_QUOTE or not _is_alone(edit.old, old):
        return None
    struck = words(edit.old, "accusative")
    if not edit.new.strip():
        return f"skreśla się {struck}"
    return f"{struck} zastępuje się {words(edit.new, 'instrumental')}"


def _addition(old: str, edit: _Edit) -> str | None:
    added = f"dodaje się {words(edit.new, 'accusative')}"
    if not old[edit.end :].strip() and is_sign(edit.new):
        return f"na końcu {added}"
    before = _context(old, edit.start, backwards=True)
    if before:
        return f"po {words(before, 'locative')} {added}"
    after = _context(old, edit.end, backwards=False)
    return f"przed {words(after, 'instrumental')} {added}" if after else None


def _sign_clause(old: str, edit: _Edit) -> str | None:
    """A punctuation mark struck or replaced: at the end, or after words that name the place."""
    if not old[edit.end :].strip():
        place, sign = "", f"{words(edit.old, 'accusative')} na końcu"
    else:
        before = _context(old, edit.start, backwards=True)
        if not before:
            return None
        place, sign = f"po {words(before, 'locative')} ", words(edit.old, "accusative")
    if not edit.new.strip():
        return f"{place}skreśla się {sign}"
    return f"{place}{sign} zastępuje się {words(edit.new, 'instrumental')}"


def _context(old: str, at: int, *, backwards: bool) -> str:
    """The fewest words beside a place that occur once in the wording; empty if there are none."""
    side = tokenize(old[:at])[::-1] if backwards else tokenize(old[at:])
    taken: list[str] = []
    count = 0
    for token in side[:_LONGEST_CONTEXT_TOKENS]:
        taken.append(token)
        if token in {"\n", "\t"}:
            return ""
        count += is_word(token)
        if not is_word(token) or count > _LONGEST_CONTEXT:
            continue
        text = "".join(reversed(taken) if backwards else taken).strip()
        if _is_alone(text, old):
            return text
    return ""


def _is_alone(quote: str, text: str) -> bool:
    """Whether the words occur exactly once, whole words only, capitals or not."""
    sought = [token for token in tokenize(quote.casefold()) if not is_blank(token)]
    tokens = [token for token in tokenize(text.casefold()) if not is_blank(token)]
    if not sought:
        return False
    first = sought[0]
    found = 0
    for place, token in enumerate(tokens):
        if token == first and tokens[place : place + len(sought)] == sought:
            found += 1
            if found > 1:
                return False
    return True


def _sentence_clause(old: str, edit: _Edit) -> str | None:
    """One whole sentence added or struck, if that is all the edit does."""
    before, after = old[: edit.start].strip(), old[edit.end :].strip()
    changed = (edit.old or edit.new).strip()
    place = len(_sentences(before))
    opens = not before.endswith(_STOP) and not (edit.old.strip() and not before)
    both = edit.old.strip() and edit.new.strip()
    if both or opens or not _is_sentence(changed):
        return None
    if edit.old.strip():
        return f"skreśla się zdanie {in_words(place + 1)}"
    if not after:
        return f"dodaje się zdanie {in_words(place + 1)} w brzmieniu: {quoted(changed)}"
    where = f"po zdaniu {ordinal_in(in_words(place), 'locative')}"
    return f"{where} dodaje się zdanie w brzmieniu: {quoted(changed)}"


def _is_sentence(text: str) -> bool:
    return text.endswith(_STOP) and bool(_CAPITAL.match(text)) and len(_sentences(text)) == 1


def _sentences(text: str) -> list[str]:
    sentences: list[str] = []
    current: list[str] = []
    for token in tokenize(text):
        current.append(token)
        if token in _STOP:
            sentences.append("".join(current))
            current = []
    if "".join(current).strip():
        sentences.append("".join(current))
    return sentences
