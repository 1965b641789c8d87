"""The workbench of a document, as the coordinator sits at it."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import html

from tests.drafting.scene import Bench

TEXT = "Program dotyczy współpracy Gminy z mieszkańcami."


@dataclass(frozen=True)
class Desk:
    """A bench in the database, its address, and the numbers that its addresses need."""

    root: str
    document: int
    section: int
    amendment: int
    amendment_id: int


def desk_of(bench: Bench, number: int, remark_id: int) -> Desk:
    document = bench.document
    slug = document.consultation.slug
    root = f"/biurko/konsultacje/{slug}/dokumenty/{document.slug}/robocza"
    return Desk(root, document.id, bench.provision("§ 1").number, number, remark_id)


def text_of(answered) -> str:
    tree = html.document_fromstring(answered.text)
    return " ".join(tree.text_content().replace("\N{NO-BREAK SPACE}", " ").split())


def slot(desk: Desk) -> str:
    return f"{desk.root}/przepis/{desk.section}"
