"""Polish first: the language of a page, and how dates, numbers and time spans are said."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache, lru_cache
from gettext import NullTranslations
from pathlib import Path

from babel import dates
from babel.support import Translations
from flask import Flask, Request, current_app, g, has_request_context, request
from flask_babel import Babel, get_locale, get_translations
from flask_babel import gettext as _
from flask_babel import ngettext as _n
from markupsafe import Markup
from wtforms.i18n import messages_path

from app.legaltext.diff_html import ENGLISH, POLISH, retold
from app.platform.catalogues import compile_stale
from app.platform.clock import TOWN_ZONE, local, now
from app.platform.typography import bind

babel = Babel()

LANGUAGES = {"pl": "Polski", "en": "English"}

#: The cookie that remembers a choice of language; set only when somebody chooses.
COOKIE = "jezyk"


def locale_name() -> str:
    """``"pl"``, unless the reader has chosen English."""
    if has_request_context() and request.cookies.get(COOKIE) in LANGUAGES:
        return str(request.cookies[COOKIE])
    return "pl"


def day(value: date | datetime, *, weekday: bool = False) -> str:
    """„12 czerwca 2015 r.”, with „(piątek)” when asked for."""
    on = local(value).date() if isinstance(value, datetime) else value
    return _day(on, weekday, _language())


@lru_cache(maxsize=4096)
def _day(on: date, weekday: bool, language: str) -> str:
    if language == "pl":
        text = bind(dates.format_date(on, "d MMMM y", locale="pl") + " r.")
        name = dates.format_date(on, "EEEE", locale="pl")
    else:
        text, name = dates.format_date(on, "d MMMM y", locale="en"), f"{on:%A}"
    return f"{text} ({name})" if weekday else text


def moment(value: datetime, *, weekday: bool = False) -> str:
    """„12 czerwca 2015 r. (piątek), 10:00”, in the town's time."""
    return f"{day(value, weekday=weekday)}, {local(value):%-H:%M}"


def told(marked: str) -> Markup:
    """A marked-up difference, whenever it was made, with spoken labels the reader understands."""
    labels = POLISH if _language() == "pl" else ENGLISH
    # As a plain string: a Markup would escape the labels that are put in.
    return Markup(retold(str(marked), labels))  # noqa: S704 – made and escaped by legaltext.diff_html


def ago(value: datetime | date) -> str:
    """How far away a day is, in words: „za 3 dni”, „wczoraj”, „2 miesiące temu”."""
    today = local(now()).date()
    on = local(value).date() if isinstance(value, datetime) else value
    days = (on - today).days
    near = {0: _("today"), 1: _("tomorrow"), -1: _("yesterday")}
    if days in near:
        return str(near[days])
    distance = abs(days)
    if distance < 31:
        span = _n("%(num)d day", "%(num)d days", distance)
    elif distance < 365:
        span = _n("%(num)d month", "%(num)d months", round(distance / 30.44))
    else:
        span = _n("%(num)d year", "%(num)d years", round(distance / 365.25))
    said = _("in %(span)s", span=span) if days > 0 else _("%(span)s ago", span=span)
    return str(said).replace(" ", "\N{NO-BREAK SPACE}")


def number(value: float) -> str:
    """A number as Polish prints it, with a no-break space between thousands."""
    return f"{value:,}".replace(",", "\N{NO-BREAK SPACE}").replace(".", ",")


def _language() -> str:
    try:
        # what get_locale() found before, in one step: a large page asks for it ten thousand times
        return str(g._flask_babel.babel_locale.language)
    except (AttributeError, RuntimeError):
        chosen = get_locale()
    return chosen.language if chosen is not None else "pl"


def init_app(app: Flask) -> None:
    """Choose the language of each request and teach templates to say dates."""
    app.config.setdefault("BABEL_DEFAULT_LOCALE", "pl")
    app.config.setdefault("BABEL_TRANSLATION_DIRECTORIES", str(app.config["TRANSLATIONS"]))
    compile_stale(Path(app.config["TRANSLATIONS"]))
    babel.init_app(app, locale_selector=locale_name, timezone_selector=lambda: str(TOWN_ZONE))
    app.request_class = RequestWithWords
    _say_quickly(app)
    app.jinja_env.filters.update(
        day=day, moment=moment, ago=ago, number=number, bind=bind, told=told
    )


@cache
def _words_of_forms(language: str) -> NullTranslations:
    return Translations.load(messages_path(), [language], domain="wtforms")


class RequestWithWords(Request):
    """A request whose forms find the library's sentences without opening its catalogue again."""

    @property
    def wtforms_translations(self) -> NullTranslations:
        """Asked by Flask-WTF under this name."""
        return _words_of_forms(_language())


def _say_quickly(app: Flask) -> None:
    """Let templates find a translation in one step: a page of remarks says hundreds of them."""
    said: dict[tuple[str, str], Markup] = {}
    as_it_is: dict[tuple[str, str], Markup] = {}

    def say(text: str, **values: object) -> Markup:
        key = _language(), text
        if not values and key in as_it_is:
            return as_it_is[key]
        if key not in said:
            said[key] = Markup(get_translations().gettext(text))  # noqa: S704 - our own words
        if not values:
            as_it_is[key] = said[key] % {}
        return said[key] % values

    app.jinja_env.globals["_"] = say


def site_language() -> str:
    """The language of mails, documents and reports: the town's own, whoever reads the page."""
    return str(current_app.config["BABEL_DEFAULT_LOCALE"])
