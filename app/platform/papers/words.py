"""Words that every paper has, in the language around it."""

from __future__ import annotations

from flask_babel import gettext as _


def around_page_numbers() -> tuple[str, str, str]:
    """The words before, between and after the numbers of „Strona 1 z 9”."""
    before, between, after = _("Page %(page)s of %(pages)s", page="\0", pages="\0").split("\0")
    return before.strip(), between.strip(), after.strip()
