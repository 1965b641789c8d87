"""The examples of docs/legaltext.md do what it says."""

import doctest
from pathlib import Path

DOCUMENT = Path(__file__).parents[2] / "docs" / "legaltext.md"


def test_the_examples_run():
    results = doctest.testfile(
        str(DOCUMENT), module_relative=False, optionflags=doctest.NORMALIZE_WHITESPACE
    )
    assert results.attempted > 30
    assert results.failed == 0
