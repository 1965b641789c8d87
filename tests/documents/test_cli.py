"""flask --app wsgi outline FILE."""

from __future__ import annotations

import json
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from app.documents.cli import outline
from tests.documents.drafts import TEXT, word_file


def run(path: Path) -> click.testing.Result:
    return CliRunner().invoke(outline, [str(path)])


@pytest.mark.parametrize("name", ["projekt.txt", "projekt.docx"])
def test_the_outline_is_printed_as_json(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(word_file() if name.endswith("docx") else TEXT.encode())
    result = run(path)
    assert result.exit_code == 0, result.output
    printed = json.loads(result.stdout)
    assert set(printed) >= {"title", "doubts", "units"}
    assert printed["title"] == "Program współpracy na rok 2016"
    (chapter,) = printed["units"]
    assert (chapter["kind"], chapter["mark"], chapter["text"]) == (
        "chapter",
        "1",
        "Postanowienia ogólne",
    )
    marks = [(unit["kind"], unit["mark"]) for unit in chapter["children"]]
    assert marks == [("section", "1"), ("section", "2"), ("section", "3")]
    second = chapter["children"][1]
    assert [unit["mark"] for unit in second["children"]] == ["1", "2"]
    points = second["children"][1]["children"]
    assert [(p["kind"], p["mark"], p["text"]) for p in points] == [
        ("point", "1", "wzmocnienie organizacji;"),
        ("point", "2", "większy udział mieszkańców."),
    ]


@pytest.mark.parametrize("data", [b"", b"%PDF-1.4", b"PK\x03\x04", b"Dzien dobry."])
def test_what_cannot_be_read_is_one_sentence_and_a_failure(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "projekt.docx"
    path.write_bytes(data)
    result = run(path)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert len(result.stderr.strip().splitlines()) == 1


@pytest.mark.parametrize("name", ["nie-ma.docx", "."])
def test_a_file_that_is_not_there(tmp_path: Path, name: str) -> None:
    result = run(tmp_path / name)
    assert result.exit_code == 1
    assert len(result.stderr.strip().splitlines()) == 1
