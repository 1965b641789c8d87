"""Public addresses made from titles."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.consultations.addresses import LONGEST, RESERVED, address_from, is_address


@pytest.mark.parametrize(
    ("title", "address"),
    [
        ("Program współpracy na rok 2016", "program-wspolpracy-rok-2016"),
        ("Zażółć gęślą jaźń", "zazolc-gesla-jazn"),
        ("ŁĄKA – „Święto” (NGO)!", "laka-swieto-ngo"),
        ("Uwagi", "uwagi-2"),
        ("…", "konsultacje-2"),
        ("i w z", "i-w-z"),
    ],
)
def test_a_title_becomes_an_address(title: str, address: str) -> None:
    assert address_from(title) == address


def test_a_taken_address_gets_a_number() -> None:
    assert address_from("Regulamin", {"regulamin", "regulamin-2"}) == "regulamin-3"


@given(st.text(max_size=200))
def test_any_title_gives_a_sound_address(title: str) -> None:
    address = address_from(title)
    assert is_address(address)
    assert len(address) <= LONGEST


@pytest.mark.parametrize(
    "text", ["", "-a", "a-", "a--b", "Ą", "a b", "A", "a/b", "a" * 61, *sorted(RESERVED)]
)
def test_what_cannot_be_an_address(text: str) -> None:
    assert not is_address(text)
