"""How long a report of thousands of remarks takes in each format: python scripts/bench_xlsx.py [N]

Measured from the kept JSON value to the bytes of the file, as a download does it, without the
database and the network. The best of five runs, because other work on the machine only adds.
"""

from __future__ import annotations

import json
import random
import sys
import time
from pathlib import Path

from flask import Flask

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from app.config import ROOT
from app.platform import language
from app.reports.content import CHANNELS, KINDS, STATES, RemarkLine, Report, from_json, to_json
from app.reports.formats import docx, pdf, xlsx

WORDS = (
    *("program", "współpraca", "gminy", "organizacji", "pozarządowych", "zadania", "publiczne"),
    *("w", "zakresie", "i", "kultury", "sportu", "oraz", "mieszkańców", "środki", "termin"),
    *("zgłaszania", "uwag", "ustawy", "§", "4", "ust.", "2", "pkt", "3"),
)


def sentence(dice: random.Random, length: int) -> str:
    """Words enough for so many characters."""
    return " ".join(dice.choices(WORDS, k=length // 7))


def report(count: int) -> Report:
    """A report with remarks as long as those of the demo town."""
    dice = random.Random(7)
    lines = tuple(
        RemarkLine(
            number=n,
            provision=f"§ {n % 60 + 1} ust. {n % 5 + 1}",
            who=f"Stowarzyszenie nr {n % 300}",
            party=f"organisation:{n % 300}",
            by_organisation=True,
            channel=dice.choice(CHANNELS),
            kind=dice.choice(KINDS),
            received_on=f"2015-09-{n % 28 + 1:02}",
            content=sentence(dice, 350),
            proposed=sentence(dice, 200),
            quote="",
            state=dice.choice(STATES),
            justification=sentence(dice, 250),
            decided_on="2015-10-20",
        )
        for n in range(1, count + 1)
    )
    about = dict.fromkeys(
        ("address", "legal_basis", "who_may", "how_to", "publicity", "council_opinion", "contact"),
        "treść",
    )
    return Report(
        number=1,
        made_at="2015-10-21T12:30:00+02:00",
        town="Gmina Miechów",
        title="Program współpracy na rok 2016",
        year=2016,
        remarks=lines,
        **about,
    )


def main() -> None:
    """Print seconds and sizes."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 5_000
    flask = Flask("bench")
    flask.config["TRANSLATIONS"] = ROOT / "app" / "translations"
    language.init_app(flask)
    kept = json.dumps(to_json(report(count)))
    print(f"{count} remarks, {len(kept) / 1e6:.1f} MB of JSON")
    with flask.app_context():
        for file, runs in ((xlsx, 5), (docx, 2), (pdf, 1)):
            best, worked, size = float("inf"), float("inf"), 0
            for _run in range(runs):
                start, busy = time.perf_counter(), time.process_time()
                size = len(file.render(from_json(json.loads(kept))))
                best = min(best, time.perf_counter() - start)
                worked = min(worked, time.process_time() - busy)
            name = file.__name__.rpartition(".")[2]
            print(f"{name:5} {best:6.2f} s, CPU {worked:6.2f} s, {size / 1e6:5.2f} MB")


if __name__ == "__main__":
    main()
