"""Three-way merging of one wording: both edits exactly where they were made, or a collision."""

from itertools import permutations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.legaltext.diff import new_text, old_text
from app.legaltext.merge_words import Verdict, WordCollision, Wording, merge_texts
from app.legaltext.tokens import normalise

from .provisions import WORDINGS

BASE = "Gmina zleca zadania organizacjom w terminie 14 dni. Kwota wynosi 120 000,00 zł."


@pytest.mark.parametrize(
    ("ours", "theirs", "text", "verdict"),
    [
        (BASE, BASE, BASE, Verdict.SAME),
        (BASE.replace("14", "21"), BASE, BASE.replace("14", "21"), Verdict.CLEAN),
        (
            BASE.replace("14", "21"),
            BASE.replace("120 000,00", "130 000,00"),
            BASE.replace("14", "21").replace("120 000,00", "130 000,00"),
            Verdict.CLEAN,
        ),
        (
            BASE.replace("14", "21"),
            BASE.replace("zleca", "powierza"),
            BASE.replace("14", "21").replace("zleca", "powierza"),
            Verdict.READ_BY_PERSON,
        ),
        (
            BASE.replace("14", "21"),
            BASE.replace("14", "21").replace("zleca", "powierza"),
            BASE.replace("14", "21").replace("zleca", "powierza"),
            Verdict.CLEAN,
        ),
        (
            BASE.replace("14", "21"),
            BASE.replace("14", "21"),
            BASE.replace("14", "21"),
            Verdict.SAME,
        ),
        (BASE.replace("14", "21"), BASE.replace("14", "30"), BASE, Verdict.COLLISION),
        (
            BASE.replace("zleca", "powierza"),
            BASE.replace("Gmina", "Urząd"),
            BASE,
            Verdict.COLLISION,
        ),
        (
            BASE.replace("14 dni", "14 dni roboczych"),
            BASE.replace(" w terminie 14 dni", ""),
            BASE,
            Verdict.COLLISION,
        ),
        (
            BASE + " Dzieli ją Rada.",
            BASE.replace("wynosi", "wyniesie"),
            BASE.replace("wynosi", "wyniesie") + " Dzieli ją Rada.",
            Verdict.CLEAN,
        ),
        (BASE + " Dzieli ją Rada.", BASE + " Dzieli ją Burmistrz.", BASE, Verdict.COLLISION),
        ("", BASE, "", Verdict.CLEAN),
        ("", BASE.replace("14", "21"), BASE, Verdict.COLLISION),
        (
            BASE.replace(" ", "\u00a0"),
            BASE.replace("14", "21"),
            BASE.replace("14", "21"),
            Verdict.CLEAN,
        ),
    ],
)
def test_two_versions_of_a_wording(ours, theirs, text, verdict):
    merged = merge_texts(BASE, ours, theirs)
    assert (merged.text, merged.verdict) == (text, verdict)


def test_a_collision_tells_what_each_side_makes_of_the_stretch():
    merged = merge_texts(BASE, BASE.replace("14 dni", "21 dni"), BASE.replace("14 dni", "14 lat"))
    assert merged.collisions == (WordCollision(44, 50, "14 dni", ("21 dni", "14 lat")),)


def test_the_rest_of_a_colliding_wording_is_merged():
    ours = BASE.replace("14", "21").replace("wynosi", "wyniesie")
    merged = merge_texts(BASE, ours, BASE.replace("14", "30"))
    assert merged.text == BASE.replace("wynosi", "wyniesie")
    assert merged.verdict is Verdict.COLLISION


def test_the_deletion_of_a_word_never_slips_to_the_same_word_elsewhere():
    base = "Komisja nie ocenia ofert. Burmistrz nie ocenia ofert."
    ours = "Komisja ocenia ofert. Burmistrz nie ocenia ofert."
    theirs = "Komisja nie ocenia ofert. Burmistrz nie ocenia ofert po terminie."
    assert merge_texts(base, ours, theirs).text == (
        "Komisja ocenia ofert. Burmistrz nie ocenia ofert po terminie."
    )


def test_an_empty_wording_filled_twice_collides_unless_alike():
    assert merge_texts("", "a", "b").verdict is Verdict.COLLISION
    assert merge_texts("", "a", "a").verdict is Verdict.SAME


@given(WORDINGS, WORDINGS)
def test_one_side_alone_is_that_side(base, theirs):
    merged = merge_texts(base, base, theirs)
    assert merged.text == normalise(theirs)
    assert merged.verdict in {Verdict.SAME, Verdict.CLEAN}


@given(WORDINGS, WORDINGS)
def test_the_same_edit_twice_agrees(base, both):
    merged = merge_texts(base, both, both)
    assert (merged.text, merged.verdict) == (normalise(both), Verdict.SAME)


@given(WORDINGS, WORDINGS, WORDINGS)
def test_swapping_the_sides_mirrors_the_result(base, ours, theirs):
    here, there = merge_texts(base, ours, theirs), merge_texts(base, theirs, ours)
    assert (here.text, here.pieces, here.verdict) == (there.text, there.pieces, there.verdict)
    assert [each.versions for each in here.collisions] == [
        each.versions[::-1] for each in there.collisions
    ]


@given(WORDINGS, WORDINGS, WORDINGS)
def test_the_pieces_lead_from_the_base_to_the_merged_text(base, ours, theirs):
    merged = merge_texts(base, ours, theirs)
    assert old_text(merged.pieces) == normalise(base)
    assert new_text(merged.pieces) == merged.text


@given(WORDINGS, st.lists(WORDINGS, min_size=3, max_size=3))
def test_three_versions_merge_alike_in_any_order(base, versions):
    wording = Wording(base)
    results = {
        (merged.text, merged.verdict)
        for order in permutations(versions)
        for merged in [wording.combine([wording.edits(version) for version in order])]
    }
    assert len(results) == 1


@given(
    st.lists(st.lists(st.sampled_from(["a", "b", "c", "d"]), min_size=2, max_size=6), min_size=2),
    st.data(),
)
def test_edits_of_two_sentences_stay_in_their_sentences(sentences, data):
    one, other = data.draw(st.permutations(range(len(sentences))))[:2]
    at_one = data.draw(st.integers(0, len(sentences[one]) - 1))
    at_other = data.draw(st.integers(1, len(sentences[other]) - 1))
    base = printed(sentences)
    ours = [[*each] for each in sentences]
    theirs = [[*each] for each in sentences]
    ours[one][at_one] = "nowe"
    theirs[other][at_other] = "inne"
    both = [[*each] for each in ours]
    both[other][at_other] = "inne"
    merged = merge_texts(base, printed(ours), printed(theirs))
    assume(merged.verdict is not Verdict.COLLISION)
    assert merged.text == printed(both)


def printed(sentences):
    return " ".join(" ".join(words) + "." for words in sentences)
