"""A comparison that can be heard, printed in black and white, and mailed."""

from __future__ import annotations

import html
import re

from hypothesis import given
from hypothesis import strategies as st

from app.legaltext.diff import ENGLISH, compare, normalise, side_by_side, to_html, to_text
from app.legaltext.diff_html import retold

HIDDEN = r'<span class="visually-hidden">[^<]*</span>'


def read(marked: str) -> str:
    """The words of the HTML without tags and spoken labels."""
    bare = re.sub("<[^>]*>", "", re.sub(HIDDEN, "", marked).replace("<br>", "\n"))
    return html.unescape(bare)


def test_each_change_is_spoken_at_both_ends():
    assert to_html(compare("Kwota 100 zł", "Kwota 120 zł")) == (
        'Kwota <del><span class="visually-hidden">początek skreślenia</span>100 zł'
        '<span class="visually-hidden">koniec skreślenia</span></del>'
        '<ins><span class="visually-hidden">początek wstawienia</span>120 zł'
        '<span class="visually-hidden">koniec wstawienia</span></ins>'
    )


def test_the_labels_can_be_english():
    spoken = to_html(compare("a", "b"), ENGLISH)
    assert re.findall('hidden" lang="en">([^<]*)', spoken) == [
        "deletion begins",
        "deletion ends",
        "insertion begins",
        "insertion ends",
    ]
    assert to_text(compare("a", "b"), ENGLISH) == "[deleted: a] [inserted: b]"


def test_markup_in_the_text_is_shown_and_not_obeyed():
    marked = to_html(compare("<b>a</b> \" '", "<script>x</script> & \" '"))
    assert set(re.findall("<([a-z]+)", marked)) == {"del", "ins", "span"}


@given(st.text(max_size=60), st.text(max_size=60))
def test_the_two_sides_read_as_the_two_wordings(old, new):
    left, right = side_by_side(compare(old, new))
    assert read(left) == normalise(old)
    assert read(right) == normalise(new)
    assert "<ins>" not in left
    assert "<del>" not in right


def test_plain_text_marks_changes_with_words():
    assert to_text(compare("Kwota 100 zł rocznie.", "Kwota 120 zł.")) == (
        "Kwota [usunięto: 100 zł rocznie] [dodano: 120 zł]."
    )
    assert to_text(compare("Burmistrz nie może.", "Burmistrz może.")) == (
        "Burmistrz [usunięto: nie] może."
    )


def test_lines_break_in_html():
    assert to_html(compare("a\nb", "a\nb")) == "a<br>b"


def test_the_sign_of_a_change_stands_by_its_word():
    marked = to_html(compare("Gmina wspiera.", "Gmina chętnie wspiera."))
    assert re.sub(HIDDEN, "", marked) == "Gmina <ins>chętnie</ins> wspiera."
    marked = to_html(compare("1) a;\n3) b.", "1) a;\n2) c;\n3) b."))
    assert re.sub(HIDDEN, "", marked) == "1) a;<br><ins>2) c;</ins><br>3) b."


OLD_MARKUP = (
    'Gmina<ins><span class="visually-hidden">początek wstawienia</span> chętnie<br>i <b>'
    '<span class="visually-hidden">koniec wstawienia</span></ins> wspiera.'
)


def test_what_was_marked_long_ago_is_told_in_the_language_of_the_reader():
    assert retold(OLD_MARKUP, ENGLISH) == (
        'Gmina <ins><span class="visually-hidden" lang="en">insertion begins</span>chętnie<br>i <b>'
        '<span class="visually-hidden" lang="en">insertion ends</span></ins> wspiera.'
    )


@given(st.text(max_size=60), st.text(max_size=60))
def test_retelling_changes_no_word_and_is_what_would_be_told_today(old, new):
    pieces = compare(old, new)
    assert retold(to_html(pieces)) == to_html(pieces)
    assert retold(to_html(pieces), ENGLISH) == to_html(pieces, ENGLISH)


def marked_as_before(pieces):
    """The markup of before: blanks stood inside the change, after its sign."""
    tags = {"insert": ("ins", "wstawienia"), "delete": ("del", "skreślenia"), "keep": None}
    told = ""
    for piece in pieces:
        text = html.escape(piece.text).replace("\n", "<br>")
        if tags[piece.op]:
            tag, of = tags[piece.op]
            begins, ends = (
                f'<span class="visually-hidden">{word} {of}</span>'
                for word in ("początek", "koniec")
            )
            text = f"<{tag}>{begins}{text}{ends}</{tag}>"
        told += text
    return told


@given(*[st.text(st.sampled_from("ab \n<"), max_size=20)] * 2)
def test_old_markup_is_told_as_it_would_be_told_today(old, new):
    pieces = compare(old, new)
    assert retold(marked_as_before(pieces)) == to_html(pieces)
    assert retold(marked_as_before(pieces), ENGLISH) == to_html(pieces, ENGLISH)
