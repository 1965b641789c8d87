"""Tables compared cell by cell."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from app.documents.table_difference import table_difference

OLD = "Zadanie\tKwota\nSport\t80 000,00 zł\nKultura\t40 000,00 zł\nRazem\t120 000,00 zł"


def rows(old: str, new: str) -> list[list[str]]:
    """Cells as text, where ‹›  stands for what went and «» for what came."""
    tree = html.fragment_fromstring(str(table_difference(old, new)))
    for hidden in tree.xpath(".//span"):
        hidden.drop_tree()
    for tag, (begins, ends) in {"del": "‹›", "ins": "«»"}.items():
        for element in tree.xpath(f".//{tag}"):
            element.text = f"{begins}{element.text or ''}{ends}"
    return [[cell.text_content() for cell in row] for row in tree.xpath(".//tr")]


def test_a_changed_sum_is_marked_in_its_cell() -> None:
    found = rows(OLD, OLD.replace("80 000,00", "90 000,00"))
    assert found[0] == ["Zadanie", "Kwota"]
    assert found[1] == ["Sport", "‹80 000,00 zł›«90 000,00 zł»"]
    assert found[2] == ["Kultura", "40 000,00 zł"]


def test_a_new_row_is_wholly_new() -> None:
    found = rows(OLD, OLD.replace("Kultura", "Ekologia i zwierzęta\t5 000,00 zł\nKultura"))
    assert found[2] == ["«Ekologia i zwierzęta»", "«5 000,00 zł»"]
    assert found[3] == ["Kultura", "40 000,00 zł"]


def test_a_row_that_went_stays_where_it_stood() -> None:
    found = rows(OLD, OLD.replace("Sport\t80 000,00 zł\n", ""))
    assert found[1] == ["‹Sport›", "‹80 000,00 zł›"]


def test_a_new_table_and_one_that_went() -> None:
    assert rows("", "a\tb\nc\t1") == [["«a»", "«b»"], ["«c»", "«1»"]]
    assert rows("a\tb", "") == [["‹a›", "‹b›"]]


TABLES = st.lists(
    st.lists(st.sampled_from(["Sport", "Kultura", "1 000,00 zł", "<b>"]), min_size=2, max_size=3),
    min_size=1,
    max_size=5,
).map(lambda rows: "\n".join("\t".join(row) for row in rows))


@given(TABLES, TABLES)
def test_every_new_cell_is_there_in_order(old: str, new: str) -> None:
    tree = html.fragment_fromstring(str(table_difference(old, new)))
    for gone in tree.xpath(".//del | .//span"):
        gone.drop_tree()
    kept = [[cell.text_content() for cell in row] for row in tree.xpath(".//tr")]
    words = [cell for row in kept for cell in row if cell]
    assert words == new.replace("\n", "\t").split("\t")
