"""Polish rules of the end of a line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.platform.typography import NBSP, bind, printable

PIECES = st.sampled_from(
    [
        *("w", "i", "Z", "a", "§", "art.", "ust.", "pkt", "lit. b", "nr", "12", "000", "5a", "zł"),
        *("czerwca", "r.", "–", "Miechów", "(o", "„z", "\n", "\t", NBSP, " ", "  ", "godz.", "%"),
    ]
)
TEXTS = st.one_of(st.text(), st.lists(PIECES).map(" ".join), st.lists(PIECES).map("".join))


@pytest.mark.parametrize(
    ("plain", "bound"),
    [
        ("i w domu", "i~w~domu"),
        ("Opieka w Miechowie, a o zmroku", "Opieka w~Miechowie, a~o~zmroku"),
        ("(w tym) „z ulicy”", "(w~tym) „z~ulicy”"),
        ("§ 4 ust. 2 pkt 3 lit. b", "§~4 ust.~2 pkt~3 lit.~b"),
        ("art. 5a ust. 1", "art.~5a ust.~1"),
        ("uchwała nr XIV/2015", "uchwała nr~XIV/2015"),
        ("rozdział IV, poz. 1118", "rozdział IV, poz.~1118"),
        ("od godz. 8.00", "od godz.~8.00"),
        ("120 000,00 zł", "120~000,00~zł"),
        ("1 234 567 osób", "1~234~567~osób"),
        ("12 czerwca 2015 r. odbyło", "12~czerwca 2015~r. odbyło"),
        ("10 % oraz 7 dni", "10~% oraz 7~dni"),
        ("tel. +48 41", "tel.~+48 41"),
        ("Program – druga edycja", "Program~– druga edycja"),
        ("dom nasz", "dom nasz"),
        ("5 rolników", "5 rolników"),
        ("start 5", "start 5"),
        ("x a\nb w\tc", "x a\nb w\tc"),
    ],
)
def test_what_belongs_together_is_bound(plain: str, bound: str) -> None:
    assert bind(plain) == bound.replace("~", NBSP)


@given(TEXTS)
def test_only_spaces_become_no_break_spaces(text: str) -> None:
    bound = bind(text)
    assert len(bound) == len(text)
    assert all(a == b or (a == " " and b == NBSP) for a, b in zip(text, bound, strict=True))


@given(TEXTS)
def test_binding_twice_is_binding_once(text: str) -> None:
    assert bind(bind(text)) == bind(text)


def test_control_signs_go_and_line_breaks_become_one_sign() -> None:
    assert printable("a\x00b\x1f\ud800\ufffe\x9fc") == "abc"
    assert printable("a\r\nb\rc\x0bd\u2028e\tf\n") == "a\nb\nc\nd\ne\tf\n"


@given(st.text())
def test_printable_text_can_be_written_as_xml(text: str) -> None:
    from lxml import etree

    element = etree.Element("t")
    element.text = printable(text)
    assert printable(element.text or "") == (element.text or "")
