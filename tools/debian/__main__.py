"""Builds the Debian packages: `make deb`, or `python -m tools.debian --help`."""

import argparse
import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

from tools.debian.bundle import PYTHON, CannotBundle, bundle
from tools.debian.packages import ROOT, all_packages
from tools.debian.trees import Release, finish, pack

BUILD = ROOT / "build/debian"


def main() -> int:
    """Build; 0 where all are there."""
    parser = argparse.ArgumentParser(prog="python -m tools.debian", description=__doc__)
    parser.add_argument("--version", default=_version(), help="in the place of pyproject.toml's")
    parser.add_argument("--output", type=Path, default=BUILD, help="the folder for the packages")
    parser.add_argument(
        "--quickly", action="store_true", help="larger packages, in a third of the time"
    )
    given = parser.parse_args()
    missing = [name for name in ("dpkg-deb", "objdump", "md5sum") if shutil.which(name) is None]
    if missing:
        sys.stderr.write(f"No Debian package can be built here: {missing[0]} is missing.\n")
        return 1
    try:
        build(given.version, given.output.resolve(), quickly=given.quickly)
    except CannotBundle as error:
        sys.stderr.write(f"No Debian package can be built here: {error}\n")
        return 1
    return 0


def build(version: str, output: Path, *, quickly: bool) -> None:
    """Build all packages into `output`. Raises CannotBundle."""
    output.mkdir(parents=True, exist_ok=True)
    release = Release(
        version,
        _epoch(),
        f"{os.environ.get('DEBFULLNAME', 'mOTP')} <{os.environ.get('DEBEMAIL', _MAILBOX)}>",
        _told("dpkg", "--print-architecture"),
    )
    wheel = _wheel(BUILD / "wheel", release.epoch)
    for package in all_packages():
        tree = output / f"{package.name}.tree"
        shutil.rmtree(tree, ignore_errors=True)
        (tree / package.home / "lib" / f"python{PYTHON}").mkdir(parents=True)
        packages = tree / package.home / "lib" / f"python{PYTHON}" / "site-packages"
        bundle(wheel, package.requirements, BUILD / "environments", packages)
        _leave_out_the_other_side(packages, package.name)
        finish(tree, package, release)
        print(pack(tree, package, release, output, quickly=quickly))
        shutil.rmtree(tree)


_MAILBOX = "motp-desktop@packages.invalid"


def _leave_out_the_other_side(packages: Path, name: str) -> None:
    other = "motp_verifier" if name == "motp-desktop" else "motp_desktop"
    shutil.rmtree(packages / other)


def _wheel(folder: Path, epoch: int) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    subprocess.run(["sh", "tools/translate.sh", "release"], cwd=ROOT, check=True)
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "-d", str(folder)],
        cwd=ROOT,
        env=os.environ | {"SOURCE_DATE_EPOCH": str(epoch)},
        stdout=subprocess.DEVNULL,
        check=True,
    )
    (wheel,) = folder.glob("*.whl")
    return wheel


def _version() -> str:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return str(project["version"])


def _epoch() -> int:
    """`SOURCE_DATE_EPOCH`, or when the last change was committed."""
    if given := os.environ.get("SOURCE_DATE_EPOCH"):
        return int(given)
    try:
        return int(_told("git", "-c", "safe.directory=*", "log", "-1", "--format=%ct"))
    except (OSError, subprocess.CalledProcessError):
        raise CannotBundle(
            "set SOURCE_DATE_EPOCH: there is no git here that tells a time."
        ) from None


def _told(*command: str) -> str:
    return subprocess.run(
        command, cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout.strip()


if __name__ == "__main__":
    raise SystemExit(main())
