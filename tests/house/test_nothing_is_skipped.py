"""A run that requires everything leaves nothing out in silence."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.config import ROOT
from tests.conftest import REQUIREMENTS

SKIPS = "import pytest\n\n\ndef test_that_gives_up():\n    pytest.skip('no moon tonight')\n"


@pytest.mark.parametrize("required", [True, False])
def test_a_skipped_test_fails_where_everything_is_required(tmp_path: Path, required: bool) -> None:
    (tmp_path / "test_moon.py").write_text(SKIPS, encoding="utf-8")
    environment = {name: text for name, text in os.environ.items() if name not in REQUIREMENTS}
    run = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-p",
            "tests.conftest",
            "-p",
            "no:cacheprovider",
            tmp_path,
        ],
        cwd=ROOT,
        env=environment | (dict.fromkeys(REQUIREMENTS, "1") if required else {}),
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == (1 if required else 0), run.stdout
    assert ("no moon tonight" in run.stdout) == required
