"""Words of a legal text: what a reader sees as one thing is one token."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Blanks of every width, without the line break and the tab that carry a table's rows and cells.
_BLANKS = " \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_BLANK = f"[{_BLANKS}]"
_GAP = f"{_BLANK}?"

_LINE_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e"
    "\u2060-\u2069\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_SURROGATES = re.compile("[\ud800-\udfff]")
_UNUSUAL = re.compile(
    f"{_INVISIBLE.pattern[:-1]}\r\x0b\x0c\x85\u2011\u2028\u2029\ud800-\udfff{_BLANKS[1:]}]"
)
_BLANK_RUN = re.compile(f"{_BLANK}+")
_BLANKS_AT_EDGE = re.compile("^ | (?=[\n\t])|(?<=[\n\t]) | \\Z")


def visible(text: str) -> str:
    """The text without characters that no reader sees but that can change what he sees.

    Control characters, bidirectional overrides and marks, soft hyphens, zero-width spaces and
    tags are dropped; lone surrogates become U+FFFD; every kind of line break becomes ``"\\n"``.
    The joiners U+200C and U+200D stay, because emoji and some scripts need them.
    """
    if text.isascii() and text.isprintable():
        return text
    text = _LINE_BREAKS.sub("\n", text)
    return _SURROGATES.sub("\ufffd", _INVISIBLE.sub("", text))


#: Combining marks kept on one letter; the rest of a longer run is dropped in comparisons.
MOST_MARKS = 16


@lru_cache(maxsize=5000)
def normalise(text: str) -> str:
    """The text as comparisons see it: what differs only here does not count as a change.

    Letters are composed (NFC), blanks of every width become one space and none stands at the
    edge of a line, a cell or the text, a no-break hyphen is a hyphen, and what is not
    ``visible`` is gone. Line breaks and tabs stay: they are the rows and cells of a table.
    """
    if _UNUSUAL.search(text):
        text = _BLANK_RUN.sub(" ", visible(text).replace("\u2011", "-"))
    text = unicodedata.normalize("NFC", _with_bounded_marks(text))
    if "  " in text:
        text = _BLANK_RUN.sub(" ", text)
    if "\n" in text or "\t" in text:
        text = _BLANKS_AT_EDGE.sub("", text)
    return text.strip(" ")


_MONTHS = (
    "stycznia|lutego|marca|kwietnia|maja|czerwca|lipca|sierpnia|września|października"
    "|listopada|grudnia"
)
_ORDINALS = (
    "pierwsze|drugie|trzecie|czwarte|piąte|szóste|siódme|ósme|dziewiąte|dziesiąte"
    "|jedenaste|dwunaste|trzynaste|czternaste|piętnaste"
)
_YEAR_WORD = rf"(?:{_GAP}(?:r\.|roku\b))"
_DATE = (
    rf"\d{{1,2}}{_BLANK}(?:{_MONTHS})\b(?:{_BLANK}\d{{4}}(?!\d){_YEAR_WORD}?)?"
    rf"|\d{{1,2}}\.\d{{1,2}}\.\d{{4}}(?!\d){_YEAR_WORD}?"
    rf"|\d{{4}}{_YEAR_WORD}(?!\w)"
)
_NUMBER = (
    rf"(?:\d{{1,3}}(?:[{_BLANKS}.]\d{{3}})+(?!\d)(?:,\d+)?|\d+(?:[.,:]\d+)*)(?!\w|[-/]\w)"
    rf"(?:{_GAP}(?:%|‰|(?:(?:tys\.|mln|mld){_BLANK})?(?:zł|złotych|gr|PLN|EUR|euro)\b|°C))?"
)
_DESIGNATION = r"\d+[a-z]{0,4}(?:[-–]\d+[a-z]{0,4})?(?!\w|\)\w)"
_CITED_UNIT = (
    rf"(?:(?:§§?|[Aa]rt\.|[Uu]st\.|[Pp]kt|[Pp]oz\.|[Nn]r\b){_GAP}{_DESIGNATION}"
    rf"|[Ll]it\.{_GAP}[a-z]{{1,4}}(?!\w)"
    rf"|(?:[Pp]odwójne{_BLANK})?[Tt]iret{_BLANK}(?:(?:{_ORDINALS})\b|\d+)"
    rf"|[Rr]ozdzia(?:ł|łu|le|łem|łowi){_BLANK}(?:\d+[a-z]{{0,2}}|[IVXLC]+)(?!\w))"
)
# The first letters are looked at before the rest: most tokens are plain words, soon recognised.
_CITATION = rf"(?=[§aulnprtAULNPRT]){_CITED_UNIT}(?:{_BLANK}{_CITED_UNIT})*"
_ABBREVIATIONS = (
    "al|art|br|cd|cyt|cz|dot|ds|dz|godz|gm|im|itd|itp|jedn|kol|lit|lok|min|np|nr|ob|ok|os|pl|poz"
    "|późn|por|pow|poz|prof|r|rozp|red|sp|st|str|sygn|św|tab|tel|tj|tys|tzn|tzw|ul|ust|w/w|wg"
    "|woj|ww|zał|zm|zob"
)
_ABBREVIATION = (
    rf"(?:[^\W\d_]{{1,4}}\.){{2,}}(?!\w)|sp\.{_GAP}z{_GAP}o\.{_GAP}o\."
    rf"|(?:{_ABBREVIATIONS}|Dz|Poz|Art|Ust|Ul|Np|Tel|Zob|Por|U)\.(?!\w)"
)
_LETTER = "[\\w\u0300-\u036f]"
_WORD = rf"{_LETTER}+(?:[-'’/]{_LETTER}+)*"
_ADDRESS = r"(?:https?://|www\.)[^\s<>\"„”]{0,2000}[^\s<>\"„”.,;:!?)\]'»]"
_MAILBOX = r"\w[\w.+-]{0,63}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}"
_EXTENDED = "[\ufe0e\ufe0f\u20e3\u0300-\u036f\U0001f3fb-\U0001f3ff]*"
_SYMBOL = (
    "[\U0001f1e6-\U0001f1ff]{2}"
    r"|\.{2,}|…+|#{2,}|\*{2,}|-{2,}|={2,}"
    rf"|[\n\t]|.{_EXTENDED}(?:\u200d.{_EXTENDED})*"
)
_PLAIN = "|".join(
    ("[^\\S\n\t]+", _CITATION, rf"(?=\d)(?:{_DATE}|{_NUMBER})", _ABBREVIATION, _WORD, _SYMBOL)
)
_TOKEN = re.compile(_PLAIN, re.DOTALL)
_TOKEN_WITH_ADDRESSES = re.compile(f"{_ADDRESS}|{_MAILBOX}|{_PLAIN}", re.DOTALL)


def tokenize(text: str) -> tuple[str, ...]:
    """The tokens of the text; joined they give it back to the letter.

    Whole tokens are: a word, a number with its unit ("120 000,00 zł"), a date ("12 czerwca
    2015 r."), a citation ("art. 5a ust. 4"), an abbreviation ("m.in."), an address of the web or
    of a mailbox, an emoji with all its modifiers. A punctuation mark, a line break and a tab
    stand alone; a run of blanks is one token.
    """
    pattern = _TOKEN_WITH_ADDRESSES if "@" in text or "://" in text or "www." in text else _TOKEN
    return tuple(pattern.findall(text))


def is_blank(token: str) -> bool:
    """Whether the token only separates words (a line break and a tab do more than that)."""
    return token.isspace() and token not in {"\n", "\t"}


def is_word(token: str) -> bool:
    """Whether the token says something, as opposed to a blank or a punctuation mark."""
    return any(character.isalnum() for character in token)


def _with_bounded_marks(text: str) -> str:
    """Without marks that no letter bears: composing takes time squared in a run of them."""
    marks = "".join(letter for letter in set(text) if unicodedata.combining(letter))
    if not marks:
        return text
    run = re.compile(f"([{re.escape(marks)}]{{{MOST_MARKS}}})[{re.escape(marks)}]+")
    return run.sub(r"\1", text)
