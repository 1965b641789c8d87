"""What the house promises of its own walls, checked on its sources."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest
from flask import Flask

from app.config import ROOT
from app.platform.access import declared

SOURCES = sorted((ROOT / "app").rglob("*.py"))
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))

LONGEST_FILE = 330
LONGEST_FUNCTION = 40
MOST_ARGUMENTS = 6


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def template_name(path: Path) -> str:
    return str(path.relative_to(ROOT / "templates"))


def test_every_view_says_who_may_knock(application: Flask) -> None:
    silent = [
        endpoint
        for endpoint, view in application.view_functions.items()
        if endpoint != "static" and declared(view) is None
    ]
    assert silent == []


def test_one_place_commits() -> None:
    places = [
        f"{name_of(path)}:{number}"
        for path in SOURCES
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if re.search(r"(?<![\w])\.?commit\(", line)
    ]
    assert len(places) == 1
    assert places[0].startswith("app/platform/db.py:")


def test_no_room_is_called_by_an_empty_name() -> None:
    empty = {"utils", "util", "helpers", "common", "manager", "service", "misc"}
    assert [name_of(path) for path in SOURCES if path.stem in empty] == []


def test_no_old_style_queries() -> None:
    found = [
        name_of(path)
        for path in SOURCES
        if re.search(r"\.query\.|session\.query\(", path.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_the_clock_is_asked_in_one_place() -> None:
    """Actions and queries get the moment; only a few rooms may look at the clock themselves."""
    rooms = {"actions.py", "permissions.py", "models.py", "messages.py", "forms.py"}
    guilty = [
        name_of(path)
        for path in SOURCES
        if path.name in rooms and re.search(r"\b(now|today)\(\)", path.read_text(encoding="utf-8"))
    ]
    assert guilty == []


@pytest.mark.parametrize("path", TEMPLATES, ids=template_name)
def test_every_template_parses(application: Flask, path: Path) -> None:
    application.jinja_env.parse(path.read_text(encoding="utf-8"), template_name(path))


def used_templates() -> set[str]:
    """Every template named in a source or in another template; f-strings name whole folders."""
    words = [path.read_text(encoding="utf-8") for path in SOURCES]
    words += [path.read_text(encoding="utf-8") for path in TEMPLATES]
    found = set(re.findall(r"""["']([\w/.-]+\.html)["']""", "\n".join(words)))
    patterns = re.findall(r'f"([\w/.-]*\{\w+\}[\w/.-]*\.html)"', "\n".join(words))
    for pattern in patterns:
        regex = re.compile(re.sub(r"\\\{\w+\\\}", r"[\\w-]+", re.escape(pattern)))
        found |= {template_name(path) for path in TEMPLATES if regex.fullmatch(template_name(path))}
    return found


def test_every_template_is_used_and_every_used_one_is_there() -> None:
    there = {template_name(path) for path in TEMPLATES}
    used = used_templates()
    assert there - used == set()
    assert {name for name in used if "/" in name} - there == set()


@pytest.mark.parametrize("path", TEMPLATES, ids=template_name)
def test_templates_are_short_and_hold_no_style_or_script(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= 150
    assert not re.search(r"\sstyle=|<style|\son\w+=\"|<script(?![^>]*\ssrc=)", text)


@cache
def functions() -> list[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    return [
        (f"{name_of(path)}:{node.name}", node)
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]


def test_files_and_functions_can_be_read_on_a_train() -> None:
    long_files = [
        name_of(path)
        for path in SOURCES
        if path.read_text(encoding="utf-8").count("\n") > LONGEST_FILE
    ]
    long_functions = [
        name
        for name, node in functions()
        if (node.end_lineno or 0) - node.lineno >= LONGEST_FUNCTION
    ]
    crowded = [
        name
        for name, node in functions()
        if len([a for a in node.args.args if a.arg not in {"self", "cls"}]) > MOST_ARGUMENTS
    ]
    assert (long_files, long_functions, crowded) == ([], [], [])


def test_everything_with_a_public_name_says_what_it_is() -> None:
    silent = []
    for path in SOURCES:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        if path.stat().st_size and not ast.get_docstring(tree):
            silent.append(name_of(path))
        silent += [
            f"{name_of(path)}:{node.name}"
            for node in tree.body
            if isinstance(node, ast.FunctionDef | ast.ClassDef)
            and not node.name.startswith("_")
            and not ast.get_docstring(node)
        ]
    assert silent == []


def test_every_test_asserts_something() -> None:
    """A test without an assertion passes whatever happens."""
    idle = []
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        asserting = {
            node.name
            for node in ast.walk(tree)
            if isinstance(node, ast.FunctionDef) and _asserts(node, set())
        }
        idle += [
            f"{name_of(path)}:{node.name}"
            for node in ast.walk(tree)
            if isinstance(node, ast.FunctionDef)
            and node.name.startswith("test_")
            and not _asserts(node, asserting)
        ]
    assert idle == []


def _asserts(function: ast.FunctionDef, asserting: set[str]) -> bool:
    for node in ast.walk(function):
        if isinstance(node, ast.Assert):
            return True
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else ""
            name = node.func.id if isinstance(node.func, ast.Name) else name
            if name in asserting or name in {"raises", "fail", "parse"}:
                return True
    return False
