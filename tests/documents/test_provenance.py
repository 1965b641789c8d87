"""Which change brought each word, across editions and through the changes that made one."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.documents.kinship import kinship
from app.documents.provenance import Origins, Stage, from_json, of_first, of_next, to_json
from app.legaltext.origins import text_of
from app.legaltext.tokens import normalise
from app.legaltext.units import Kind, Unit

FIRST = {"1": "Gmina wspiera organizacje.", "2": "Budżet wynosi 100 zł."}


def said(origins: Origins, number: str) -> list[tuple[str, tuple[int, int]]]:
    return [(run.text.strip(), run.source) for run in origins[number]]


def test_words_of_two_changes_to_one_provision_are_told_apart() -> None:
    after = "Gmina chętnie wspiera organizacje i mieszkańców."
    stages = [
        Stage(7, {"1": "Gmina wspiera organizacje i mieszkańców."}),
        Stage(9, {"1": after}),
    ]
    origins = of_next(of_first(FIRST, 1), {**FIRST, "1": after}, 2, stages=stages)
    assert said(origins, "1") == [
        ("Gmina", (1, 0)),
        ("chętnie", (2, 9)),
        ("wspiera organizacje", (1, 0)),
        ("i mieszkańców", (2, 7)),
        (".", (1, 0)),
    ]
    assert said(origins, "2") == [("Budżet wynosi 100 zł.", (1, 0))]


def test_what_no_change_explains_came_with_the_edition() -> None:
    texts = {"1": "Gmina wspiera.", "3": "Nowe."}
    origins = of_next(of_first(FIRST, 1), texts, 2)
    assert said(origins, "3") == [("Nowe.", (2, 0))]
    assert set(origins) == {"1", "3"}


def section(number: str, mark: str, text: str) -> Unit:
    return Unit(number, Kind.SECTION, mark, text)


LONG = "Gmina wspiera organizacje w miarę posiadanych środków i możliwości lokalowych."
CUT = "Burmistrz ogłasza otwarte konkursy ofert w terminie do końca stycznia każdego roku."


def test_words_cut_into_a_new_provision_keep_their_edition() -> None:
    old = (section("1", "1", f"{LONG} {CUT}"),)
    new = (section("1", "1", LONG), section("2", "2", CUT))
    related = kinship(old, new)
    assert related.cut_from == {"2": "1"}
    texts = {"1": LONG, "2": CUT}
    origins = of_next(of_first({"1": old[0].text}, 1), texts, 2, words_from=related.words_from)
    assert said(origins, "2") == [(CUT, (1, 0))]


def test_words_taken_in_from_a_provision_that_went_keep_their_edition() -> None:
    old = (section("1", "1", LONG), section("2", "2", CUT))
    new = (section("1", "1", f"{LONG} {CUT}"),)
    related = kinship(old, new)
    assert related.taken_into == {"2": "1"}
    origins = of_next(
        of_first({"1": LONG, "2": CUT}, 1),
        {"1": new[0].text},
        2,
        words_from=related.words_from,
    )
    assert {run.source for run in origins["1"]} == {(1, 0)}


def test_editions_with_the_same_provisions_have_no_kin() -> None:
    old = (section("1", "1", LONG), section("2", "2", CUT))
    new = (section("1", "1", CUT), section("2", "2", LONG))
    assert not kinship(old, new).words_from


words = st.lists(
    st.sampled_from(["gmina", "wspiera", "i", "nie", "może", ".", ","]), max_size=8
).map(" ".join)
texts = st.dictionaries(st.sampled_from("123"), words, max_size=3)
stages = st.lists(st.builds(Stage, st.integers(1, 5), texts), max_size=4)


@given(texts, texts, stages)
def test_whatever_the_stages_were_every_word_of_the_edition_is_traced(
    first: dict[str, str], second: dict[str, str], made: list[Stage]
) -> None:
    origins = of_next(of_first(first, 1), second, 2, stages=made)
    assert {n: text_of(runs) for n, runs in origins.items()} == {
        n: normalise(text) for n, text in second.items()
    }
    assert from_json(to_json(origins)) == origins
    unchanged = [
        n
        for n, text in second.items()
        if text == first.get(n) and not any(n in stage.texts for stage in made)
    ]
    assert all(run.source == (1, 0) for n in unchanged for run in origins[n])
