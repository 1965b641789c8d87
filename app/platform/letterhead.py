"""What every letter looks like when it goes out: who writes stands above it and beneath it."""

from __future__ import annotations

from email.headerregistry import Address

from flask import current_app
from markupsafe import escape

from app.platform.language import site_language

#: How the stored HTML of a letter begins; the rest are its paragraphs.
BARE = "<!doctype html><meta charset=utf-8>"

#: Mail programs know no custom properties, and some of them only what stands at the element.
_STYLE = """
:root { color-scheme: light dark; }
body { margin: 0; background: #fbf8f1; color: #231f19; }
p { margin: 0 0 1em; }
a { color: #24408e; overflow-wrap: anywhere; word-break: break-word; }
@media (prefers-color-scheme: dark) {
  body { background: #181611; color: #ece6da; }
  a { color: #adbef7; }
}
"""
_SHEET = (
    "max-width: 36rem; margin: 0 auto; padding: 24px 20px; "
    "font: 17px/1.55 -apple-system, 'Segoe UI', Roboto, Arial, sans-serif"
)
_HEAD = "padding-bottom: 10px; border-bottom: 2px solid #b8862b; font: 17px/1.4 Georgia, serif"
_FOOT = "margin-top: 28px; padding-top: 10px; border-top: 1px solid #b8ae9d; font-size: 14px"


def sender() -> str | Address:
    """From whom letters come: the town by name, unless the setting names somebody itself."""
    address = current_app.config["MAIL_FROM"]
    if "<" in address or not address.isascii():
        return str(address)
    return Address(display_name=_town(), addr_spec=address)


def signed(text: str) -> str:
    """The plain text of a letter with whose it is beneath."""
    return f"{text.rstrip()}\n\n-- \n{_town()}\n{_site()}\n"


def dressed(html: str, subject: str) -> str:
    """The HTML of a letter as a page that can be read on a phone and in the dark."""
    town, site = escape(_town()), escape(_site())
    return (
        f'<!doctype html><html lang="{site_language()}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        '<meta name="color-scheme" content="light dark">'
        f"<title>{escape(subject)}</title><style>{_STYLE}</style></head>"
        f'<body><div style="{_SHEET}"><p style="{_HEAD}"><strong>{town}</strong></p>'
        f"{html.removeprefix(BARE)}"
        f'<p style="{_FOOT}">{town}<br><a href="{site}">{site}</a></p></div></body></html>'
    )


def _town() -> str:
    return f"Współpis – {current_app.config['SITE_NAME']}"


def _site() -> str:
    return str(current_app.config["SITE_URL"])
