"""Collect every message of Python and templates and bring the Polish catalogue up to date.

Translations stay; a message that is gone is dropped; a new one waits untranslated, and the house
test on catalogues fails until it is translated.
"""

from __future__ import annotations

from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
POLISH = ROOT / "app" / "translations" / "pl" / "LC_MESSAGES" / "messages.po"

METHODS = [("app/**.py", "python"), ("templates/**.html", "jinja2")]
KEYWORDS = {
    "_": None,
    "_l": None,
    "gettext": None,
    "lazy_gettext": None,
    "_n": (1, 2),
    "ngettext": (1, 2),
    "lazy_ngettext": (1, 2),
}


def collected() -> Catalog:
    """Every message in the sources, as a catalogue without translations."""
    catalogue = Catalog(project="Współpis", charset="utf-8")
    options = {"jinja2": {"trimmed": "true", "silent": "false"}}
    found = extract_from_dir(
        str(ROOT),
        method_map=METHODS,
        options_map={pattern: options.get(method, {}) for pattern, method in METHODS},
        keywords=KEYWORDS,
        directory_filter=lambda path: not Path(path).name.startswith((".", "tests", "scripts")),
    )
    for name, line, message, comments, context in found:
        catalogue.add(message, None, [(name, line)], auto_comments=comments, context=context)
    return catalogue


def main() -> None:
    """Update the Polish catalogue in place and say what waits for a translator."""
    POLISH.parent.mkdir(parents=True, exist_ok=True)
    polish = Catalog(locale="pl", project="Współpis", charset="utf-8")
    if POLISH.exists():
        with POLISH.open("rb") as file:
            polish = read_po(file, locale="pl")
    polish.update(collected(), no_fuzzy_matching=True)
    polish.obsolete.clear()
    polish.fuzzy = False
    with POLISH.open("wb") as file:
        write_po(file, polish, sort_output=True, width=100, include_lineno=False)
    waiting = [m.id for m in polish if m.id and not _is_complete(m.string)]
    print(f"{len(polish)} messages, {len(waiting)} to translate")
    for message in waiting:
        print(f"  {message!r}")


def _is_complete(string: object) -> bool:
    return all(string) if isinstance(string, tuple | list) else bool(string)


if __name__ == "__main__":
    main()
