"""What a browser sends of a form: the fields that stand on the page, with what stands in them."""

from __future__ import annotations

from lxml import html


def sent_by_browser(page: str, form: str = "//main//form[@method='post']") -> dict[str, str]:
    """The fields of the first form that fits, as a browser would send them untouched."""
    found: dict[str, str] = {}
    for field in html.fromstring(page).xpath(form)[0].xpath(".//input | .//select | .//textarea"):
        name, kind = field.get("name"), field.get("type")
        if not name or (kind in {"checkbox", "radio"} and field.get("checked") is None):
            continue
        if field.tag == "select":
            chosen = field.xpath("./option[@selected]") or field.xpath("./option")
            found[name] = chosen[0].get("value") if chosen else ""
        elif field.tag == "textarea":
            found[name] = (field.text or "").removeprefix("\n").removeprefix("\r\n")
        else:
            found[name] = field.get("value", "y" if kind == "checkbox" else "")
    return found
