"""The title of a draft and the lines around it that are no provisions."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.legaltext.outline_values import Item, LeftOut, Shape
from app.legaltext.sentences import ends
from app.legaltext.units import Kind

_TITLE = re.compile(
    r"[„“\"]?(?:(?:(?:Projekt|Roczny|Wieloletni|Gminny|Miejski)\s+){1,3}programu?\s+(?=\S)"
    r"|(?:(?:Projekt|PROJEKT|Roczny|ROCZNY|Wieloletni|WIELOLETNI|Gminny|GMINNY)\s+){0,3}"
    r"(?:PROGRAMU?|Programu?|REGULAMIN|Regulamin|STATUT|Statut|STRATEGIA|Strategia|KARTA|Karta"
    r"|ZASADY|Zasady)(?:\s+(?=\S)|$))"
)
_NOISE = re.compile(
    r"(?:Załącznik|ZAŁĄCZNIK|do\s+(?:[Uu]chwały|UCHWAŁY|[Zz]arządzenia|ZARZĄDZENIA|[Pp]rojektu)\b"
    r"|Rady\s+(?:Miejskiej|Gminy|Miasta|Powiatu)|RADY\s+|(?:Burmistrza|Wójta|Prezydenta)\s"
    r"|z\s+dnia\b|PROJEKT$|Projekt$|-\s?[Pp]rojekt|projekt$|\(projekt\)|[Nn]r\s|[.…_\s]{4,}$)"
)
_FINISHED = re.compile(
    r"(?:(?:rok|roku|lata|latach)\s+\d{4}(?:\s?(?:[-–/]|i)\s?\d{4})?(?:\s?(?:r\.?|roku?))?"
    r"|na\s+\d{4}\s+(?:r\.?|roku?))[”\"]?\.?$",
    re.IGNORECASE,
)
_SIGNATURE = re.compile(
    r"(?:Wice)?(?:Przewodnicząc[ay]|Burmistrz|Wójt|Prezydent|Zastępca\s|Sekretarz|PRZEWODNICZĄC|"
    r"BURMISTRZ|WÓJT)"
)
_LONGEST_TITLE = 500


def take_title(items: Sequence[Item]) -> tuple[str, list[Item], list[LeftOut]]:
    """The title, the items without it, and the lines around it that were left out.

    Before the first provision stand the head of the annex, the title, and perhaps an
    introduction; the last stays as text.
    """
    size = next((n for n, item in enumerate(items) if item.shape is not Shape.TEXT), len(items))
    head, body = list(items[:size]), list(items[size:])
    left_out: list[LeftOut] = []
    title, rest = _find_title(head, left_out)
    if not body and not rest and title:
        return "", list(items), []
    body = [*rest, *body]
    _take_signature(body, left_out)
    return title, body, left_out


def _find_title(head: list[Item], left_out: list[LeftOut]) -> tuple[str, list[Item]]:
    for place, item in enumerate(head[:40]):
        if item.line.heading and place and _TITLE.match(item.text) is None:
            continue
        found = _title_in(item.text)
        if found is None:
            if len(item.text) > _LONGEST_TITLE or (ends(item.text) and not _NOISE.match(item.text)):
                break
            continue
        for skipped in head[:place]:
            left_out.append(LeftOut(skipped.line.number, skipped.text, "head"))
        if found.start():
            cut = item.text[: found.start()].strip()
            left_out.append(LeftOut(item.line.number, cut, "head"))
        title = item.text[found.start() :]
        used = place + 1
        while used < len(head) and _goes_on(title, head[used]):
            title = f"{title} {head[used].text}"
            used += 1
        rest = [other for other in head[used:] if not _noise(other, left_out)]
        return _unquoted(title.strip()), rest
    return "", [item for item in head if not _noise(item, left_out)]


def _unquoted(title: str) -> str:
    """A title without the quotation marks around the whole of it."""
    inner = title[1:-1]
    quoted = title[:1] in '„“"' and title[-1:] in '”“"' and not set(inner) & set('„“”"')
    return inner.strip() if quoted else title


def _title_in(text: str) -> re.Match[str] | None:
    if len(text) > _LONGEST_TITLE or (text[-1:] in ".;:" and not _FINISHED.search(text)):
        return None
    found = _TITLE.match(text)
    if found:
        return found
    return _TITLE.search(text) if _NOISE.match(text) else None


def _goes_on(title: str, item: Item) -> bool:
    text = item.text
    if _FINISHED.search(title) or len(title) + len(text) > _LONGEST_TITLE:
        return False
    if text.endswith((".", ":", ";")) and not _FINISHED.search(text):
        return False
    if " " not in title:
        return True
    shouted = title.isupper() and text.isupper()
    return shouted or text[:1].islower() or bool(_FINISHED.search(text))


def _noise(item: Item, left_out: list[LeftOut]) -> bool:
    noise = bool(_NOISE.match(item.text)) and len(item.text) < 200
    if noise:
        left_out.append(LeftOut(item.line.number, item.text, "head"))
    return noise


def _take_signature(body: list[Item], left_out: list[LeftOut]) -> None:
    """Leave out "Przewodniczący Rady" and a name at the very end of the text."""
    for size in (1, 2, 3):
        if size >= len(body):
            return
        first = body[-size]
        short = all(
            item.shape is Shape.TEXT and len(item.text) < 80 and item.text[-1:] not in ".;,"
            for item in body[-size:]
        )
        if not short:
            return
        if _SIGNATURE.match(first.text) and first.kind is not Kind.HEADING:
            name = " ".join(item.text for item in body[-size:])
            for item in body[-size:]:
                left_out.append(LeftOut(item.line.number, item.text, "signature"))
            del body[-size:]
            body[-1].doubt("signature_left_out", name=name)
            return
