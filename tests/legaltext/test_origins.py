"""Laws of provenance: every word has one source, and keeps it for as long as it stays."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from app.legaltext.diff import Op, compare, normalise
from app.legaltext.origins import Run, brought, carried, text_of, together
from app.legaltext.tokens import is_blank, tokenize

VOCABULARY = [
    "gmina",
    "wspiera",
    "i",
    "mieszkańców",
    ",",
    ".",
    "art. 5a",
    "ust. 4",
    "120,00 zł",
    "\n",
    ";",
    "nie",
    "może",
]
words = st.lists(st.sampled_from(VOCABULARY), max_size=14).map(" ".join)
wordings = st.lists(words | st.text(max_size=25), min_size=1, max_size=6)


def runs_of(texts):
    """The runs of the last text of a chain; the number of each text is its source."""
    runs = brought(texts[0], 1)
    for number, text in enumerate(texts[1:], 2):
        runs = carried(runs, text, number)
    return runs


def tokens_of(text):
    return [token for token in tokenize(text) if not is_blank(token)]


def is_subsequence(some, everything):
    rest = iter(everything)
    return all(one in rest for one in some)


@given(wordings)
@example(["a", " \u0301"])
def test_every_word_of_the_newest_text_has_exactly_one_source(texts):
    runs = runs_of(texts)
    assert text_of(runs) == normalise(texts[-1])
    assert {run.source for run in runs} <= set(range(1, len(texts) + 1))
    assert all(run.text for run in runs)


@given(wordings, words)
def test_a_word_that_stays_keeps_its_source(texts, new):
    before = runs_of(texts)
    after = carried(before, new, "later")
    old_sources = [run.source for run in before for _ in run.text]
    new_sources = [run.source for run in after for _ in run.text]
    old_at = new_at = 0
    for piece in compare(text_of(before), new):
        size = len(piece.text)
        if piece.op is Op.KEEP:
            for step, letter in enumerate(piece.text):
                if not letter.isspace():
                    assert new_sources[new_at + step] == old_sources[old_at + step]
        old_at += size * (piece.op is not Op.INSERT)
        new_at += size * (piece.op is not Op.DELETE)


@given(wordings)
@example(["gmina", "gmina \n"])
def test_without_all_that_came_later_only_words_of_the_first_text_are_left(texts):
    left = [t for run in runs_of(texts) if run.source == 1 for t in tokens_of(run.text)]
    assert is_subsequence(left, tokens_of(normalise(texts[0])))


@given(wordings)
def test_the_same_wording_once_more_changes_no_source(texts):
    runs = runs_of(texts)
    assert carried(runs, texts[-1], "later") == runs


@given(wordings, wordings)
def test_wordings_that_become_one_bring_their_sources_with_them(some, others):
    one = together(runs_of(some), runs_of(others))
    joined = " ".join(part for part in (normalise(some[-1]), normalise(others[-1])) if part)
    assert text_of(one) == joined


def test_a_clause_added_to_a_sentence_is_the_only_thing_that_is_new():
    runs = runs_of(
        [
            "Gmina wspiera organizacje.",
            "Gmina wspiera organizacje i grupy nieformalne.",
            "Gmina chętnie wspiera organizacje i grupy nieformalne.",
        ]
    )
    assert [(run.text.strip(), run.source) for run in runs] == [
        ("Gmina", 1),
        ("chętnie", 3),
        ("wspiera organizacje", 1),
        ("i grupy nieformalne", 2),
        (".", 1),
    ]


def test_a_word_struck_out_and_put_back_is_of_whoever_put_it_back():
    runs = runs_of(["Burmistrz może.", "Burmistrz.", "Burmistrz może."])
    assert Run(" może", 3) in runs
