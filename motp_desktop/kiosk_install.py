"""`motp-desktop kiosk install`: have systemd start this PC's kiosk, or not any more."""

import argparse
import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from motp_desktop.exit_codes import BAD_USAGE, DONE, WRONG
from motp_desktop.kiosk_texts import say
from motp_desktop.services.adapters.kiosk_units import (
    UNIT,
    UnitFile,
    cage_files,
    x11_files,
)
from motp_desktop.services.adapters.launching import launch_command
from motp_protocol.fields import Language


@dataclass(frozen=True, slots=True)
class Place:
    """Where it is installed: `root` is another system's, such as an image's, or `/`.

    `run` runs a program and says whether it ended well; `accounts` knows the users.
    """

    root: Path
    environ: Mapping[str, str]
    command: tuple[str, ...]
    run: Callable[[Sequence[str]], bool]
    accounts: Callable[[str], bool]
    platform: str = sys.platform

    @property
    def config_home(self) -> Path:
        """This user's settings; a folder that is not absolute is ignored (XDG 0.8)."""
        given = Path(self.environ.get("XDG_CONFIG_HOME", ""))
        home = Path(self.environ.get("HOME") or Path.home())
        return given if given.is_absolute() else home / ".config"


def run_install(given: argparse.Namespace) -> int:
    """Install here, as whoever runs it; the exit status."""
    return install(given, this_place(given.root))


def this_place(root: Path) -> Place:
    """This system, or the one whose files are below `root`."""
    root = root.expanduser().absolute()
    return Place(root, os.environ, launch_command(), _run, lambda name: _has_account(root, name))


def install(given: argparse.Namespace, place: Place) -> int:
    """Write the files and have them used, or take them away; the exit status."""
    language: Language = given.lang or "ko"
    if not place.platform.startswith("linux"):
        return _tell(BAD_USAGE, "not-linux", language)
    command = _with_settings(place.command, given)
    if given.x11:
        files = x11_files(place.config_home, command)
    else:
        files = cage_files(place.root, command, given.user)
    if given.dry_run:
        _show(files, is_removal=given.remove, language=language)
        return DONE
    try:
        if given.remove:
            return _remove(given, place, files, language)
        if not given.x11 and not place.accounts(given.user):
            return _tell(WRONG, "no-account", language, user=given.user)
        for file in files:
            _write(file)
    except OSError as error:
        name = "not-root" if isinstance(error, PermissionError) and not given.x11 else "not-written"
        return _tell(WRONG, name, language, path=error.filename, why=error.strerror)
    if given.x11:
        return _tell(DONE, "installed-x11", language)
    if not place.run([*_systemctl(place.root), "enable", UNIT]):
        return _tell(WRONG, "not-enabled", language, unit=UNIT)
    return _tell(DONE, "installed-cage", language, user=given.user, unit=UNIT)


def _remove(
    given: argparse.Namespace, place: Place, files: tuple[UnitFile, ...], language: Language
) -> int:
    """Nothing is stopped: whoever sits in front of the kiosk may go on."""
    there = [file.path for file in files if file.path.exists()]
    if not there:
        return _tell(DONE, "nothing-installed", language)
    is_disabled = given.x11 or place.run([*_systemctl(place.root), "disable", UNIT])
    for path in there:
        path.unlink()
    if not is_disabled:
        return _tell(WRONG, "not-disabled", language, unit=UNIT)
    return _tell(DONE, "removed", language, unit=UNIT)


def _write(file: UnitFile) -> None:
    """Readable by all, as units are; whole or not at all. Raises OSError."""
    file.path.parent.mkdir(parents=True, exist_ok=True)
    waiting = file.path.with_name(f".{file.path.name}.new")
    waiting.write_text(file.text, "utf-8")
    waiting.chmod(0o644)
    waiting.replace(file.path)


def _show(files: tuple[UnitFile, ...], *, is_removal: bool, language: Language) -> None:
    for file in files:
        if is_removal:
            sys.stdout.write(say("would-remove", language, path=file.path) + "\n")
        else:
            sys.stdout.write(f"# {file.path}\n{file.text}\n")


def _with_settings(command: tuple[str, ...], given: argparse.Namespace) -> tuple[str, ...]:
    """The settings that were given here are those of the kiosk, wherever it is started."""
    words = [*command]
    for option, path in (("--config", given.config), ("--data-dir", given.data_dir)):
        if path is not None:
            words += [option, str(Path(path).expanduser().absolute())]
    return tuple(words)


def _systemctl(root: Path) -> list[str]:
    return ["systemctl"] if root == Path("/") else ["systemctl", f"--root={root}"]


def _run(command: Sequence[str]) -> bool:
    try:
        done = subprocess.run(command, check=False, stdin=subprocess.DEVNULL)  # noqa: S603 - ours
    except OSError:
        return False
    return done.returncode == 0


def _has_account(root: Path, name: str) -> bool:
    """Whether there is such a user; of another system only its own file tells."""
    if root == Path("/"):
        import pwd  # noqa: PLC0415 - not there on Windows

        try:
            pwd.getpwnam(name)
        except KeyError:
            return False
        return True
    try:
        lines = (root / "etc" / "passwd").read_text("utf-8").splitlines()
    except OSError:
        return False
    return any(line.partition(":")[0] == name for line in lines)


def _tell(status: int, sentence: str, language: Language, **values: object) -> int:
    sys.stderr.write(say(sentence, language, **values) + "\n")
    return status
