"""Write requirements.txt and requirements-dev.txt: every library, to the version.

Installs the ranges of pyproject.toml into two fresh environments and records what came.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def resolved(wanted: list[str]) -> list[str]:
    """What pip installs, to the version, for a list of requirements."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        python = str(Path(folder, "bin", "python"))
        subprocess.run([python, "-m", "pip", "install", "--quiet", *wanted], check=True)
        frozen = subprocess.run(
            [python, "-m", "pip", "freeze"], check=True, capture_output=True, text=True
        )
    return frozen.stdout.split()


def main() -> None:
    """Resolve the runtime first; the tools are resolved on top of exactly that."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    runtime = resolved(project["dependencies"])
    everything = resolved([*runtime, *project["optional-dependencies"]["dev"]])
    tools = [pin for pin in everything if pin not in runtime]
    made = "made from pyproject.toml by `make pins`."
    (ROOT / "requirements.txt").write_text(
        f"# What the application runs on, to the version; {made}\n" + "\n".join(runtime) + "\n",
        encoding="utf-8",
    )
    (ROOT / "requirements-dev.txt").write_text(
        f"# What its tests and checks need besides; {made}\n-r requirements.txt\n"
        + "\n".join(tools)
        + "\n",
        encoding="utf-8",
    )


if __name__ == "__main__":
    main()
