"""The environment that a Debian package carries: the wheel, and what it needs, in one folder."""

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

from tools.debian.qt import keep_what_is_used

PYTHON = "3.11"
"""That of Debian 12, for which the compiled packages are."""

# What pip notes about this machine, so that no two builds would be equal.
_NOTES = ("RECORD", "INSTALLER", "REQUESTED", "direct_url.json")
_NOT_SHIPPED = ("bin", "include", "share")


class CannotBundle(Exception):
    """In one sentence, why."""


def bundle(wheel: Path, requirements: Path, cache: Path, target: Path) -> None:
    """Fill `target`, a folder for Python's packages. Raises CannotBundle.

    What the requirements name is fetched once, from the configured index, by its hashes.
    """
    if sys.version_info[:2] != tuple(map(int, PYTHON.split("."))):
        found = ".".join(map(str, sys.version_info[:2]))
        raise CannotBundle(f"Debian 12 has Python {PYTHON}, this is {found}: use that one.")
    shutil.copytree(_dependencies(requirements, cache), target, symlinks=True)
    _install(target, "--no-deps", str(wheel))
    for name in _NOT_SHIPPED:
        shutil.rmtree(target / name, ignore_errors=True)
    for notes in target.glob("*.dist-info"):
        for name in _NOTES:
            (notes / name).unlink(missing_ok=True)
    if (target / "PySide6").is_dir():
        keep_what_is_used(target / "PySide6", target / "motp_desktop")


def _dependencies(requirements: Path, cache: Path) -> Path:
    digest = hashlib.sha256(requirements.read_bytes()).hexdigest()[:16]
    folder = cache / f"{requirements.stem}-{digest}"
    if not folder.is_dir():
        draft = folder.with_suffix(".new")
        shutil.rmtree(draft, ignore_errors=True)
        _install(
            draft, "--require-hashes", "--only-binary", ":all:", "--requirement", str(requirements)
        )
        draft.rename(folder)
    return folder


def _install(target: Path, *what: str) -> None:
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    done = subprocess.run(
        [*pip, "--no-compile", "--no-warn-script-location", "--target", str(target), *what],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise CannotBundle(f"pip could not install into {target}: {done.stderr.strip()[-1500:]}")
