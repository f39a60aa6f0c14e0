"""From a package's parts to the folder that dpkg-deb packs, and to the file that it makes."""

import gzip
import os
import stat
import subprocess
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path

from tools.debian.bundle import PYTHON
from tools.debian.packages import TEMPLATES, Package

_PROGRAM, _FILE = 0o755, 0o644
_SCRIPTS = ("postinst", "prerm", "postrm", "preinst")


@dataclass(frozen=True, slots=True)
class Release:
    """What is the same in every package of one build; `epoch` in seconds since 1970."""

    version: str
    epoch: int
    maintainer: str
    architecture: str

    def fill_in(self, text: str, package: str, kibibytes: int) -> str:
        """A template with its blanks filled."""
        for blank, value in (
            ("@VERSION@", self.version),
            ("@ARCHITECTURE@", self.architecture),
            ("@MAINTAINER@", self.maintainer),
            ("@DATE@", datetime.fromtimestamp(self.epoch, UTC).date().isoformat()),
            ("@SIZE@", str(kibibytes)),
            ("@PACKAGE@", package),
        ):
            text = text.replace(blank, value)
        return text


def finish(tree: Path, package: Package, release: Release) -> None:
    """Put what is no Python package into a tree whose environment is there already."""
    home = tree / package.home
    (home / "pyvenv.cfg").write_text(
        f"home = /usr/bin\ninclude-system-site-packages = false\nversion = {PYTHON}\n", "ascii"
    )
    (home / "bin").mkdir()
    (home / "bin/python3").symlink_to(f"../../../bin/python{PYTHON}")
    (home / "bin" / package.name).symlink_to(f"../../../bin/{package.name}")
    for place, source in package.files.items():
        text = release.fill_in(source.read_text("utf-8"), package.name, 0)
        if place.startswith("usr/share/man/"):
            _write_small(tree / f"{place}.gz", text)
        else:
            _write(tree / place, text)
    documents = tree / "usr/share/doc" / package.name
    copyright_text = (TEMPLATES / "copyright").read_text("utf-8")
    _write(documents / "copyright", release.fill_in(copyright_text, package.name, 0))
    _write_small(documents / "changelog.gz", _changelog(package, release))
    overrides = package.templates / "lintian-overrides"
    if overrides.is_file():
        _write(tree / "usr/share/lintian/overrides" / package.name, overrides.read_text("utf-8"))
    programs = {tree / place for place, source in package.files.items() if _is_program(source)}
    _make_alike(tree, programs | set((tree / "usr/bin").iterdir()), release.epoch)
    _control(tree, package, release)


def pack(tree: Path, package: Package, release: Release, target: Path, *, quickly: bool) -> Path:
    """The `.deb`, the same bytes for the same tree and epoch. Raises CalledProcessError."""
    deb = target / f"{package.name}_{release.version}_{release.architecture}.deb"
    subprocess.run(
        [
            "dpkg-deb",
            "--root-owner-group",
            "-Zxz",
            f"-z{0 if quickly else 6}",
            "--build",
            str(tree),
            str(deb),
        ],
        check=True,
        stdout=subprocess.DEVNULL,
        env=os.environ | {"SOURCE_DATE_EPOCH": str(release.epoch)},
    )
    return deb


def _control(tree: Path, package: Package, release: Release) -> None:
    folder = tree / "DEBIAN"
    folder.mkdir()
    sizes = [path.lstat().st_size for path in tree.rglob("*") if not path.is_dir()]
    for template in sorted(package.templates.iterdir()):
        if template.name in {"control", "conffiles", *_SCRIPTS}:
            text = template.read_text("utf-8")
            place = folder / template.name
            _write(place, release.fill_in(text, package.name, sum(sizes) // 1024))
            place.chmod(_PROGRAM if template.name in _SCRIPTS else _FILE)
    folder.chmod(_PROGRAM)
    sums = subprocess.run(
        ["find", ".", "-path", "./DEBIAN", "-prune", "-o", "-type", "f", "-printf", "%P\\0"],
        cwd=tree,
        check=True,
        capture_output=True,
    ).stdout.split(b"\0")
    listed = subprocess.run(
        ["md5sum", "--", *sorted(each for each in sums if each)],
        cwd=tree,
        check=True,
        capture_output=True,
    ).stdout
    (folder / "md5sums").write_bytes(listed)
    (folder / "md5sums").chmod(_FILE)


def _changelog(package: Package, release: Release) -> str:
    day = format_datetime(datetime.fromtimestamp(release.epoch, UTC))
    return (
        f"{package.name} ({release.version}) unstable; urgency=medium\n\n"
        "  * Built from the sources of this version.\n\n"
        f" -- {release.maintainer}  {day}\n"
    )


def _write(place: Path, text: str) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(text, "utf-8")


def _write_small(place: Path, text: str) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(gzip.compress(text.encode(), mtime=0))


def _is_program(source: Path) -> bool:
    return bool(source.stat().st_mode & stat.S_IXUSR)


def _make_alike(tree: Path, programs: set[Path], epoch: int) -> None:
    """Modes and times that tell nothing of who built it, and when."""
    for path in [*tree.rglob("*"), tree]:
        if not path.is_symlink():
            path.chmod(_PROGRAM if path.is_dir() or path in programs else _FILE)
        os.utime(path, (epoch, epoch), follow_symlinks=False)
