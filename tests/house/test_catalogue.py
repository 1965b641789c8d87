"""Polish first: every word of the product has its Polish, and means the same thing."""

from __future__ import annotations

import re

import pytest
from babel.messages.pofile import read_po

from scripts.messages import POLISH, collected

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w+\}")


@pytest.fixture(scope="module")
def polish():
    with POLISH.open("rb") as file:
        return read_po(file, locale="pl")


def forms(message):
    return message.string if isinstance(message.string, list | tuple) else (message.string,)


def test_every_message_of_the_sources_is_in_the_catalogue(polish):
    missing = [m.id for m in collected() if m.id and m.id not in polish]
    assert missing == [], "run `make messages` and translate"


def test_every_message_is_translated_in_every_form(polish):
    untranslated = [m.id for m in polish if m.id and not all(forms(m))]
    assert untranslated == []
    assert [m.id for m in polish if m.id and m.fuzzy] == []


def test_plurals_have_the_three_polish_forms(polish):
    assert [m.id for m in polish if m.pluralizable and len(forms(m)) != 3] == []


def test_a_translation_fills_in_nothing_that_the_message_does_not_give(polish):
    wrong = []
    for message in polish:
        ids = message.id if isinstance(message.id, list | tuple) else (message.id,)
        given = set(PLACEHOLDER.findall(" ".join(ids)))
        wrong += [message.id for form in forms(message) if set(PLACEHOLDER.findall(form)) - given]
    assert [m for m in wrong if m] == []


def test_polish_has_polish_quotation_marks(polish):
    assert [m.id for m in polish if m.id and any('"' in f or "“" in f for f in forms(m))] == []
