"""A tracked text holds both editions: accepting gives the new one, rejecting the old."""

from __future__ import annotations

import re

import pytest
from docx.oxml.ns import nsdecls
from hypothesis import given
from lxml import etree

from app.legaltext.units import Kind, Unit, Units
from app.reading.word.act import render
from app.reading.word.lines import lines_of
from app.reading.word.sheet import Sheet
from app.reading.word.tracking import Fate, track
from tests.legaltext.provisions import point, section, subsection
from tests.reading.word.pairs import FRAME, PAIRS, act, pairs, signs_for
from tests.reading.word.settled import body_of, expected, seen_in, settled

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TRACKED = {f"{W}{name}" for name in ("ins", "del", "moveFrom", "moveTo")}


def written(old: Units, new: Units) -> str:
    """The tracked text as XML, ended by a paragraph as in a file."""
    places = track(act(old).lines(), act(new, 2).lines())
    xml = Sheet(signs_for(old, new)).write(places)
    end = '<w:p><w:pPr><w:pStyle w:val="Note"/></w:pPr><w:r><w:t>x</w:t></w:r></w:p>'
    return f"<w:body {nsdecls('w')}>{xml}{end}</w:body>"


@given(pairs())
def test_accepting_gives_the_new_text_and_rejecting_the_old(pair: tuple[Units, Units]) -> None:
    xml = written(*pair)
    accepted = settled(etree.fromstring(xml), "accept")
    rejected = settled(etree.fromstring(xml), "reject")
    assert seen_in(accepted) == expected(act(pair[1], 2), "x")
    assert seen_in(rejected) == expected(act(pair[0]), "x")


@given(pairs())
def test_every_change_has_a_number_of_its_own_an_author_and_a_moment(
    pair: tuple[Units, Units],
) -> None:
    marks = [each for each in etree.fromstring(written(*pair)).iter() if each.tag in TRACKED]
    numbers = [each.get(f"{W}id") for each in marks]
    assert len(set(numbers)) == len(numbers)
    assert all(each.get(f"{W}author") for each in marks)
    assert all(
        re.fullmatch(r"2015-11-\d\dT10:0[02]:00Z", str(each.get(f"{W}date"))) for each in marks
    )


@given(pairs())
def test_a_text_against_itself_tracks_nothing(pair: tuple[Units, Units]) -> None:
    lines = act(pair[0]).lines()
    assert {tracked.fate for tracked in track(lines, lines)} == {Fate.KEPT}
    xml = f"<w:body {nsdecls('w')}>{Sheet(signs_for(pair[0])).write(track(lines, lines))}</w:body>"
    assert not [each for each in etree.fromstring(xml).iter() if each.tag in TRACKED]


@pytest.mark.parametrize("name", PAIRS)
def test_a_whole_file_holds_both_texts(name: str) -> None:
    old, new = PAIRS[name]
    file = render(act(old), act(new, 2), signs_for(old, new), FRAME)
    assert seen_in(settled(body_of(file), "accept")) == expected(act(new, 2), FRAME.note)
    assert seen_in(settled(body_of(file), "reject")) == expected(act(old), FRAME.note)
    assert render(act(old), act(new, 2), signs_for(old, new), FRAME) == file


def test_a_move_is_told_as_a_move_with_one_name_in_both_places() -> None:
    xml = written(*PAIRS["a § moves to the end"])
    away = re.search(r"moveFromRangeStart [^>]*w:name=\"(\w+)\"", xml)
    here = re.search(r"moveToRangeStart [^>]*w:name=\"(\w+)\"", xml)
    assert away is not None
    assert here is not None
    assert away[1] == here[1]
    assert len(re.findall("<w:moveFrom ", xml)) == len(re.findall("<w:moveTo ", xml)) > 1


def test_what_moved_and_reads_differently_goes_and_comes_anew() -> None:
    xml = written(*PAIRS["a § moves and reads differently"])
    assert "move" not in xml
    assert "<w:delText" in xml


def test_a_new_number_is_typed_in_place_of_the_old_one_and_signed_as_that() -> None:
    xml = written((section(1, "a"), section(2, "b")), (section(2, "b"),))
    assert "zmiana oznaczenia" not in xml
    renumbered = (Unit("s2", Kind.SECTION, "1", "b"),)
    xml = written((section(1, "a"), section(2, "b")), renumbered)
    number = re.search(r"<w:ins [^>]*zmiana oznaczenia[^>]*>(.*?)</w:ins>", xml)
    assert number is not None
    assert "§\N{NO-BREAK SPACE}1." in number[1]


def test_a_section_that_says_nothing_shares_the_line_of_its_first_subsection() -> None:
    units = (section(4, "", subsection("u", "1", "Gmina:", point("p", "1", "jeden;"))),)
    printed = [line.printed for line in lines_of(units)]
    assert printed == ["§\N{NO-BREAK SPACE}4. 1. Gmina:", "1)\tjeden;"]


def test_one_letter_words_do_not_end_a_line() -> None:
    xml = written((section(1, "Gmina"),), (section(1, "Gmina w Polsce i o niej"),))
    assert "w\N{NO-BREAK SPACE}Polsce i\N{NO-BREAK SPACE}o\N{NO-BREAK SPACE}niej" in xml


def test_comments_hang_on_paragraphs_that_stay_and_are_made_once() -> None:
    old, new = PAIRS["everything is replaced"]
    xml = etree.fromstring(written(old, new))
    pointers = list(xml.iter(f"{W}commentReference"))
    assert pointers
    numbers = [pointer.get(f"{W}id") for pointer in pointers]
    assert len(set(numbers)) == len(numbers)
    for pointer in pointers:
        around = {each.tag for each in pointer.iterancestors()}
        assert not around & TRACKED
        (paragraph,) = (each for each in pointer.iterancestors() if each.tag == f"{W}p")
        assert paragraph.find(f"{W}pPr/{W}rPr") is None
