"""Builds a release from the last commit into dist/: `make release`."""

import argparse
import hashlib
import shutil
import sys
import tomllib
from pathlib import Path

from tools.release.licences import UnknownLicence, licence_list
from tools.release.packages import (
    NotReproducible,
    build_twice,
    commit_time,
    refuse_uncommitted,
)
from tools.release.pins import ROOT, runtime_pins
from tools.release.sbom import sbom


def main() -> int:
    """Build; 0 where all is there."""
    parser = argparse.ArgumentParser(prog="python -m tools.release", description=__doc__)
    parser.add_argument("--output", type=Path, default=ROOT / "dist")
    given = parser.parse_args()
    try:
        release("HEAD", given.output)
    except (NotReproducible, UnknownLicence) as error:
        sys.stderr.write(f"No release was made: {error}\n")
        return 1
    print((given.output / "SHA256SUMS").read_text("utf-8"), end="")
    return 0


def release(commit: str, output: Path) -> None:
    """Make all files of a release, in an empty folder. Raises NotReproducible, UnknownLicence."""
    refuse_uncommitted()
    shutil.rmtree(output, ignore_errors=True)
    output.mkdir(parents=True)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    version, pins = str(project["version"]), runtime_pins()
    files = build_twice(commit, output)
    told = {
        f"motp-desktop-{version}.cdx.json": sbom(version, commit_time(commit), pins, files),
        "LICENCES.md": licence_list(pins),
    }
    for name, text in told.items():
        (output / name).write_text(text, "utf-8", newline="\n")
    shipped = sorted(file for file in output.iterdir() if not file.name.startswith("."))
    sums = "".join(f"{hashlib.sha256(f.read_bytes()).hexdigest()}  {f.name}\n" for f in shipped)
    (output / "SHA256SUMS").write_text(sums, "utf-8", newline="\n")


if __name__ == "__main__":
    raise SystemExit(main())
