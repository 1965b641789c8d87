"""Reports for tests: one with every kind and state of remark, one without any."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from app.reports.content import (
    CHANNELS,
    KINDS,
    RESPONSES,
    STATES,
    ChangeLine,
    EditionLine,
    EventLine,
    RemarkLine,
    Report,
    RoundLine,
)

#: A change as an amending act says it.
FORMULA = "w § 2 w ust. 1 wyraz „gmina” zastępuje się wyrazem „urząd”."

#: Texts that formats are known to take for something else, or to choke on.
AWKWARD = (
    "=1+1",
    "+48 41 383 00 40",
    "-2+3+cmd|' /C calc'!A0",
    "@SUMA(A1:A9)",
    '\t=HYPERLINK("http://example.invalid")',
    "<script>alert('x')</script> & „cudzysłów” \"prosty\"",
    "#typst $x^2$ *gwiazdka* _podkreślenie_ @etykieta <nazwa> // uwaga \\ ]",
    "znak sterujący \x00\x07\x1b i \x0b podział\r\nwiersza",
    "שלום עולם i مرحبا w jednym zdaniu",
    "😀 日本語 👩‍👩‍👧 \u202eodwrotnie\u202c _x0041_",
    "wiersz pierwszy\nwiersz drugi\n\nakapit",
    "10 % z 120 000,00 zł – w tym § 4 ust. 2",
)

#: Longer than a cell of a workbook can hold, with a sign outside the basic plane.
LONG = "Długie uzasadnienie, które nie mieści się w komórce. " * 700 + "𝔎oniec"

SECRET = "słowo-tajne"


def _lines(count: int) -> Iterator[RemarkLine]:
    states, channels = itertools.cycle(STATES), itertools.cycle(CHANNELS)
    kinds = itertools.cycle((*KINDS, KINDS[0]))
    for number in range(1, count + 1):
        state, kind = next(states), next(kinds)
        hidden = number % 11 == 0
        withdrawn = state == "withdrawn"
        silent = hidden or withdrawn
        text = AWKWARD[number % len(AWKWARD)]
        by_organisation = number % 3 != 0
        yield RemarkLine(
            number=number,
            provision=f"§ {1000 + number} ust. 2" if number % 9 else "",
            who=f"Stowarzyszenie nr {number % 7}" if by_organisation else "",
            party=f"organisation:{number % 7}" if by_organisation else f"person:{number % 4}",
            by_organisation=by_organisation,
            channel=next(channels),
            kind=kind,
            received_on=f"2015-09-{number % 28 + 1:02}",
            content="" if silent else f"treść-{number}: {text}",
            proposed="" if silent or kind in {"comment", "strike"} else f"{text} brzmienie",
            quote="" if silent or number % 5 else "rozwój współpracy",
            state=state,
            justification=(
                ""
                if state in {"accepted", "open", "withdrawn"}
                else (LONG if number == 3 else f"dlatego-{number}")
            ),
            decided_on="" if state in {"open", "withdrawn"} else "2015-10-20",
            changes=("§ 2 ust. 1 – nowe brzmienie (wydanie 2)",) if state == "accepted" else (),
            no_change=f"bez-zmiany-{number}" if state == "partially_accepted" else "",
            is_hidden=hidden,
            hidden_reason=f"powód-{number}" if hidden else "",
            withdrawal_reason=f"wycofano-bo-{number}" if withdrawn and number % 2 else "",
            **_own_wording(number, kind, state, hidden=hidden),
        )


def _own_wording(number: int, kind: str, state: str, *, hidden: bool) -> dict[str, str]:
    """Every answer of an author occurs, with words and without."""
    if kind not in {"reword", "insert"} or state not in {"accepted", "partially_accepted"}:
        return {}
    response = RESPONSES[number % 3]
    words = f"odpowiedź-{number}" if response != "awaited" and not hidden and number % 2 else ""
    return {
        "own_wording": f"urzędowe-{number} {AWKWARD[number % len(AWKWARD)]}",
        "response": response,
        "response_words": words,
    }


def full(remarks: int = 45) -> Report:
    """A report of a lively consultation; every state, channel and kind occurs."""
    pieces = (("keep", "Celem jest "), ("delete", "rozwój"), ("insert", "wzmocnienie & <rozwój>"))
    return Report(
        number=2,
        made_at="2015-10-21T12:30:00+02:00",
        town="Gmina Miechów",
        title="Program współpracy na rok 2016 <projekt>",
        year=2016,
        address="http://localhost/konsultacje/program-2016",
        legal_basis="art. 5a ust. 1 ustawy z dnia 24 kwietnia 2003 r.",
        who_may="Organizacje pozarządowe i mieszkańcy.",
        how_to="Na stronie, na piśmie i na warsztatach.",
        publicity="BIP, tablica ogłoszeń, strona gminy.",
        council_opinion="Opinia pozytywna.",
        contact="Centrum Organizacji Pozarządowych, ul. Sienkiewicza 25",
        made_by="Anna Nowak",
        rounds=(
            RoundLine("Tura I", "2015-06-22T10:00:00+02:00", "2015-07-07T00:00:00+02:00"),
            RoundLine("", "2015-09-24T10:00:00+02:00", "2015-10-09T15:30:00+02:00"),
        ),
        editions=(
            EditionLine("Program", 1, "2015-06-22T09:00:00+02:00", ""),
            EditionLine("Program", 2, "2015-09-08T14:00:00+02:00", "po warsztatach"),
        ),
        events=(
            EventLine(
                *("Warsztaty", "workshop", "2015-06-22T16:00:00+02:00", "Dom Kultury"),
                *(31, 14, "=Zgłoszono 12 propozycji."),
                ("+Dopisać mieszkańców.", "-Spotkać się jesienią."),
                "http://localhost/wydarzenia/warsztaty/protokol/1",
                7,
                (2, 5),
            ),
            EventLine("Spotkanie", "meeting", "2015-10-01T17:00:00+02:00", "Urząd", None, None, ""),
        ),
        remarks=tuple(_lines(remarks)),
        changes=(
            ChangeLine("Program", "§ 2 ust. 1", ("reworded",), pieces, ("uwaga nr 1",), FORMULA),
            ChangeLine("Program", "§ 9", ("repealed",), (("delete", "Zbędny."),), ()),
            ChangeLine("Program", "§ 9a", ("added",), (("insert", "Nowy."),), (), FORMULA),
            ChangeLine("Program", "§ 10", ("moved", "renumbered"), (("keep", "Bez zmian"),), ()),
        ),
    )


def empty() -> Report:
    """The most common real report: nobody said anything, nothing changed."""
    return Report(
        number=1,
        made_at="2015-10-21T12:30:00+02:00",
        town="Gmina Miechów",
        title="Program współpracy na rok 2016",
        year=2016,
        address="http://localhost/konsultacje/program-2016",
        legal_basis="art. 5a ust. 1 ustawy",
        who_may="Organizacje pozarządowe.",
        how_to="",
        publicity="",
        council_opinion="",
        contact="",
        rounds=(RoundLine("", "2015-09-24T10:00:00+02:00", "2015-10-09T00:00:00+02:00"),),
    )
