"""What the letter about a change says of its place."""

from __future__ import annotations

import pytest
from flask import Flask

from app.drafting.messages import caused_a_change
from app.remarks.models import Remark


@pytest.mark.parametrize(
    ("citations", "said"),
    [
        ("§ 1, § 2 ust. 1", "Twoja uwaga nr 7. Dotyczy to: § 1, § 2 ust. 1.\n\nZmianę"),
        ("", "Twoja uwaga nr 7.\n\nZmianę"),
    ],
)
def test_a_place_is_named_only_where_it_bears_a_mark(
    context: Flask, citations: str, said: str
) -> None:
    letter = caused_a_change(Remark(number=7), 2, citations, "http://localhost/uwaga/7")
    assert said in letter.text
