"""Which passwords are good enough, and that only fingerprints are kept."""

from __future__ import annotations

import pytest
from argon2 import PasswordHasher

from app.accounts.passwords import (
    LONGEST,
    Weakness,
    fingerprint,
    is_outdated,
    matches,
    weakness,
)


@pytest.mark.parametrize(
    ("password", "expected"),
    [
        ("", Weakness.SHORT),
        ("krótkie12", Weakness.SHORT),
        ("x" * 10, Weakness.COMMON),
        ("1234567890", Weakness.COMMON),
        ("0987654321", Weakness.COMMON),
        ("qwertyuiop", Weakness.COMMON),
        ("Qwertyuiop1!", Weakness.COMMON),
        ("zaq12wsxcde3", Weakness.COMMON),
        ("1qaz2wsx3edc", Weakness.COMMON),
        ("haslo12345!", Weakness.COMMON),
        ("Polska2015!", Weakness.COMMON),
        ("kotekkotek", Weakness.COMMON),
        ("kot-kot-kot-kot", Weakness.COMMON),
        ("anna.kowalik@ngo.example", Weakness.PERSONAL),
        ("anna.kowalik1", Weakness.PERSONAL),
        ("Anna Kowalik", Weakness.PERSONAL),
        ("ż" * 5 + "ab" * (LONGEST // 2), Weakness.LONG),
        ("żółw czyta mapę", None),
        ("poprawny koń bateria", None),
        ("h7#kQ2!vLp", None),
    ],
)
def test_weakness(password: str, expected: Weakness | None) -> None:
    assert weakness(password, "anna.kowalik@ngo.example", "Anna Kowalik") is expected


def test_a_password_matches_its_own_fingerprint_only() -> None:
    kept = fingerprint("żółw czyta mapę")
    assert "żółw" not in kept
    assert kept.startswith("$argon2id$")
    assert matches(kept, "żółw czyta mapę")
    assert not matches(kept, "żółw czyta mape")


def test_letters_composed_by_another_keyboard_are_the_same() -> None:
    assert matches(fingerprint("z\u0307o\u0301łw czyta"), "żółw czyta")


@pytest.mark.parametrize("kept", [None, "", "!", "not a fingerprint"])
def test_nothing_matches_where_no_password_is_kept(kept: str | None) -> None:
    assert not matches(kept, "żółw czyta mapę")


def test_a_book_is_refused_without_being_hashed() -> None:
    assert not matches(fingerprint("żółw czyta mapę"), "x" * 1_000_000)


def test_fingerprints_with_weaker_parameters_are_outdated() -> None:
    weak = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash("żółw czyta mapę")
    assert is_outdated(weak)
    assert not is_outdated(fingerprint("żółw czyta mapę"))
