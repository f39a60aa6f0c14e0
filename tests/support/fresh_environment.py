"""A fresh virtual environment into which a wheel is installed, without the network.

What the wheel's extra asks for is linked from the environment that runs the tests: nothing
else, so that a dependency which nobody declared is missed here as it would be elsewhere.
"""

import subprocess
import sys
import sysconfig
import venv
import zipfile
from collections.abc import Iterable, Iterator
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name


class FreshEnvironment:
    """A virtual environment with one extra of the wheel."""

    def __init__(self, folder: Path, wheel: Path, extra: str) -> None:
        venv.create(folder, symlinks=True)
        self.folder = folder
        links = folder / "dependencies"
        links.mkdir()
        _link(_needed(_asked(_packed(wheel), {extra})), links)
        ours = sysconfig.get_path("purelib", "venv", {"base": str(folder)})
        (Path(ours) / "dependencies.pth").write_text(f"{links}\n", "utf-8")
        done = subprocess.run(
            [
                *(
                    sys.executable,
                    "-m",
                    "pip",
                    "--isolated",
                    "--python",
                    str(self.program("python")),
                ),
                *("install", "--quiet", "--no-index", f"{wheel}[{extra}]"),
            ],
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=60,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr

    def program(self, name: str) -> Path:
        """A program of this environment."""
        return self.folder / "bin" / name


def _packed(wheel: Path) -> metadata.Distribution:
    """What a wheel says of itself."""
    (told,) = (each for each in zipfile.Path(wheel).iterdir() if each.name.endswith(".dist-info"))
    return metadata.PathDistribution(told)


def _needed(asked: Iterable[Requirement]) -> dict[str, metadata.Distribution]:
    """What is asked for, and what that asks for."""
    found: dict[str, metadata.Distribution] = {}
    ahead = list(asked)
    while ahead:
        requirement = ahead.pop()
        name = canonicalize_name(requirement.name)
        if name not in found or requirement.extras:
            found[name] = metadata.distribution(name)
            ahead += _asked(found[name], requirement.extras)
    return found


def _asked(distribution: metadata.Distribution, extras: set[str]) -> Iterator[Requirement]:
    for text in distribution.requires or ():
        requirement = Requirement(text)
        marker = requirement.marker
        if marker is None or any(marker.evaluate({"extra": each}) for each in extras | {""}):
            yield requirement


def _link(distributions: dict[str, metadata.Distribution], folder: Path) -> None:
    for distribution in distributions.values():
        for name in {file.parts[0] for file in distribution.files or ()} - {"..", "__pycache__"}:
            link = folder / name
            if not link.is_symlink():
                link.symlink_to(Path(str(distribution.locate_file(name))).resolve())
