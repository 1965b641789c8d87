"""What people write is shown to others; nothing of it may run."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.legaltext.sanitize import ATTRIBUTES, LONGEST, MOST_TAGS, REL, TAGS, clean, paragraphs

VECTORS = [
    "<script>alert(1)</script>",
    "<ScRiPt src=//evil.example/x.js></sCrIpT>",
    "<scr<script>x</script>ipt>alert(1)</script>",
    "<<script>alert(1);//<</script>",
    "<img src=x onerror=alert(1)>",
    "<img src='x' onerror  =  'alert(1)'",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><a xlink:href='javascript:alert(1)'><text>x</text></a></svg>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style>",
    "<math href='javascript:alert(1)'>x</math>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href=' java\tscript:alert(1)'>x</a>",
    "<a href='jav&#x0A;ascript:alert(1)'>x</a>",
    "<a href='&#106;&#97;&#118;&#97;script:alert(1)'>x</a>",
    "<a href='\x01javascript:alert(1)'>x</a>",
    "<a href='data:text/html;base64,PHNjcmlwdD4='>x</a>",
    "<a href='vbscript:msgbox(1)'>x</a>",
    "<a href='https://a.pl' onmouseover='alert(1)' style='position:fixed'>x</a>",
    "<p style='background:url(javascript:alert(1))'>x</p>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data='javascript:alert(1)'></object>",
    "<embed src='javascript:alert(1)'>",
    "<form action='javascript:alert(1)'><button>x</button></form>",
    "<button formaction='javascript:alert(1)'>x</button>",
    "<base href='javascript:alert(1)//'>",
    "<meta http-equiv='refresh' content='0;url=javascript:alert(1)'>",
    "<link rel=stylesheet href='https://evil.example/x.css'>",
    "<style>@import 'https://evil.example/x.css';</style>",
    "<template><script>alert(1)</script></template>",
    "<details open ontoggle=alert(1)>x</details>",
    "<video><source onerror=alert(1)></video>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<!--[if gte IE 4]><script>alert(1)</script><![endif]-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?php echo 1 ?><x>",
    "<table background='javascript:alert(1)'><tr><td>x</td></tr></table>",
    "<textarea><script>alert(1)</script></textarea>",
    "<title><img src=x onerror=alert(1)></title>",
    '"><script>alert(1)</script>',
    "<p id=location name=cookie class=x>x</p>",
    "<a href='https://a.pl' target=_blank rel=opener>x</a>",
]


class _Reader(HTMLParser):
    """What a browser would find: each tag with its attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def assert_harmless(text: str) -> None:
    for tag, attributes in _Reader(text).found:
        assert tag in TAGS
        allowed = {*ATTRIBUTES.get(tag, ()), *({"rel"} if tag == "a" else ())}
        assert set(attributes) <= allowed
        if tag == "a":
            assert attributes["rel"] == REL
            scheme = re.match(r"\s*([a-z][a-z0-9+.-]*):", attributes.get("href") or "", re.I)
            assert scheme is None or scheme[1].lower() in {"http", "https", "mailto"}
    assert "<!--" not in text


@pytest.mark.parametrize("vector", VECTORS)
def test_no_known_vector_survives_cleaning(vector):
    assert_harmless(clean(f"<p>przed {vector} po</p>"))
    assert_harmless(clean(vector))


@pytest.mark.parametrize("vector", VECTORS)
def test_typed_markup_is_shown_and_not_obeyed(vector):
    shown = paragraphs(vector)
    assert {tag for tag, _ in _Reader(shown).found} <= {"p", "br", "a"}
    assert_harmless(shown)


@pytest.mark.parametrize("vector", VECTORS)
def test_cleaning_twice_changes_nothing_more(vector):
    assert clean(clean(vector)) == clean(vector)


@given(st.text(alphabet=st.sampled_from("<>/=\"' aphrefscriptonx:&;#-!\n\t&bi")))
def test_no_mixture_of_markup_becomes_harmful(text):
    assert_harmless(clean(text))
    assert_harmless(paragraphs(text))


def test_words_in_allowed_markup_stay_as_they_are():
    written = (
        "<h2>Cele</h2><p><strong>Ważne</strong>: <em>do 30 listopada</em></p><ul><li>a</li></ul>"
    )
    assert clean(written) == written


def test_words_outlive_a_disallowed_tag_but_code_does_not():
    assert clean("<font color=red>Uwaga</font><script>x()</script> i tyle") == "Uwaga i tyle"


def test_links_keep_their_address_and_bring_no_reward():
    assert clean('<a href="https://ngo.pl/x?a=1&amp;b=2" title="t">ngo</a>') == (
        f'<a href="https://ngo.pl/x?a=1&amp;b=2" rel="{REL}">ngo</a>'
    )


def test_override_and_control_characters_are_removed_everywhere():
    assert clean("<p>ko\u202efdp.\u2066exe\u0000\u200b</p>") == "<p>kofdp.exe</p>"
    assert paragraphs("ko\u202efdp.\u2066exe\x07") == "<p>kofdp.exe</p>"


def test_html_too_big_to_parse_is_shown_as_its_source():
    assert clean("<p>" * (MOST_TAGS + 1)).startswith("&lt;p&gt;")
    assert clean("<p>" + "a" * LONGEST).startswith("&lt;p&gt;a")


def test_paragraphs_follow_blank_lines_and_line_breaks():
    assert paragraphs("Dzień dobry,\r\npiszę.\r\n \r\n\r\nKoniec\n") == (
        "<p>Dzień dobry,<br>piszę.</p>\n<p>Koniec</p>"
    )
    assert paragraphs(" \n ") == ""


@pytest.mark.parametrize(
    ("typed", "address", "after"),
    [
        ("https://bip.gov.pl/a?b=1&c=2.", "https://bip.gov.pl/a?b=1&amp;c=2", "."),
        ("http://x.pl/a_(b)).", "http://x.pl/a_(b)", ")."),
        ("https://x.pl/”", "https://x.pl/", "”"),
    ],
)
def test_addresses_become_links_without_the_punctuation_around_them(typed, address, after):
    assert paragraphs(typed) == f'<p><a href="{address}" rel="{REL}">{address}</a>{after}</p>'


@pytest.mark.parametrize("typed", ["javascript:alert(1)", "www.x.pl", "ftp://x.pl", "a@b.pl"])
def test_only_http_addresses_become_links(typed):
    assert paragraphs(typed) == f"<p>{typed}</p>"


@given(st.text(max_size=200))
def test_paragraphs_pass_the_allow_list_unharmed(text):
    shown = paragraphs(text)
    assert _Reader(clean(shown)).found == _Reader(shown).found
