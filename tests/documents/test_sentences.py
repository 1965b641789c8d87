"""Every doubt, refusal and impossible correction has a sentence of its own."""

from __future__ import annotations

import pytest
from flask import Flask

from app.documents import doubts, fixes, refusals
from app.legaltext import draft_lines
from app.legaltext.outline_values import MESSAGES
from app.legaltext.sources import CODES


def test_each_code_of_the_importer_has_a_sentence() -> None:
    assert set(doubts.SENTENCES) == set(MESSAGES)
    assert set(refusals.SENTENCES) == {*CODES, "no_provisions", "too_many_units"}
    assert set(fixes.REFUSED) == set(draft_lines._MESSAGES)


@pytest.mark.parametrize("code", sorted(MESSAGES))
def test_a_doubt_is_said_with_its_values(context: Flask, code: str) -> None:
    values = {"mark": "§ 5.", "previous": "§ 2.", "kind": "point", "other": "section", "name": "x"}
    said = doubts.sentence(code, values, "surowy wiersz")
    assert "%(" not in said
    assert "surowy wiersz" not in said


@pytest.mark.parametrize("code", ["out_of_sequence", "unheard_of"])
def test_a_doubt_that_cannot_be_said_shows_its_line(context: Flask, code: str) -> None:
    assert "surowy wiersz" in doubts.sentence(code, {}, "surowy wiersz")
