"""Wheel and source archive from a commit, built twice and alike."""

import hashlib
import os
import subprocess
import sys
import tarfile
import tempfile
from io import BytesIO
from pathlib import Path

from tools.release.pins import ROOT


class NotReproducible(Exception):
    """Names what came out differently."""


def refuse_uncommitted() -> None:
    """Raise NotReproducible where this folder's pins or version are not those of a commit."""
    if changed := _git("status", "--porcelain", "--", "requirements", "pyproject.toml"):
        raise NotReproducible(f"commit these first:\n{changed}")


def commit_time(commit: str) -> int:
    """When a commit was made, seconds."""
    return int(_git("log", "-1", "--format=%ct", commit))


def build_twice(commit: str, output: Path) -> dict[str, str]:
    """Build into `output`; the files' names with their SHA-256. Raises NotReproducible.

    The second time in another folder, time zone and umask, under another user's name.
    """
    epoch = commit_time(commit)
    with tempfile.TemporaryDirectory() as scratch:
        first = _build(commit, Path(scratch, "a"), output, epoch, umask=0o022)
        other = Path(scratch, "a-longer-name/b")
        second = _build(
            commit, other, other.with_suffix(".out"), epoch, umask=0o077, TZ="Asia/Seoul", USER="x"
        )
    differing = sorted(
        name for name in first.keys() | second if first.get(name) != second.get(name)
    )
    if differing:
        raise NotReproducible(f"two builds of {commit} differ: {', '.join(differing)}")
    return first


def _build(
    commit: str, sources: Path, output: Path, epoch: int, *, umask: int, **environment: str
) -> dict[str, str]:
    archive = subprocess.run(
        ["git", "-c", "safe.directory=*", "archive", commit],
        cwd=ROOT,
        check=True,
        capture_output=True,
    ).stdout
    with tarfile.open(fileobj=BytesIO(archive)) as tar:
        tar.extractall(sources, filter="data")
    given = os.environ | {"SOURCE_DATE_EPOCH": str(epoch), **environment}
    given["VENV"] = str(Path(sys.executable).parent)
    for command in (
        ["sh", "tools/translate.sh", "release"],
        [sys.executable, "-m", "hatchling", "build", "-d", str(output.resolve())],
    ):
        subprocess.run(
            command,
            cwd=sources,
            env=given,
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            umask=umask,
        )
    built = (*output.glob("*.whl"), *output.glob("*.tar.gz"))
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in built}


def _git(*command: str) -> str:
    return subprocess.run(
        ["git", "-c", "safe.directory=*", *command],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout.strip()
