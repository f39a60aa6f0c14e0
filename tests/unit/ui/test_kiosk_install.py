"""`motp-desktop kiosk install`, in a home and a system of the test's own."""

import argparse
import shutil
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from motp_desktop.cli import main
from motp_desktop.kiosk_install import Place, install, this_place
from motp_desktop.services.adapters.desktop_entry import read_entry
from motp_desktop.services.adapters.kiosk_units import cage_files, cage_unit, x11_files, x11_unit
from tests.support.supervisor import exec_words

COMMAND = ("/usr/bin/motp-desktop",)
PACKAGED = Path("packaging/kiosk")
GIVEN = argparse.Namespace(
    cage=False, x11=False, user="kiosk", remove=False, dry_run=False, lang="en", config=None,
    data_dir=None,
)  # fmt: skip


class System:
    """A place without a running systemd, which notes what it would have been told."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "system"
        self.home = folder / "home"
        self.told: list[list[str]] = []
        self.systemd_works = True
        self.users = {"kiosk"}

    @property
    def place(self) -> Place:
        return Place(
            self.root,
            {"HOME": str(self.home)},
            COMMAND,
            self._run,
            self.users.__contains__,
            "linux",
        )

    def install(self, **given: object) -> int:
        return install(argparse.Namespace(**{**vars(GIVEN), **given}), self.place)

    @property
    def files(self) -> set[str]:
        folder = self.root.parent
        return {str(each.relative_to(folder)) for each in folder.rglob("*") if each.is_file()}

    def _run(self, command: Sequence[str]) -> bool:
        self.told.append([*command])
        return self.systemd_works


UNIT = "system/etc/systemd/system/motp-kiosk.service"
X11 = {"home/.config/systemd/user/motp-kiosk.service", "home/.config/autostart/motp-kiosk.desktop"}


@pytest.fixture
def system(tmp_path: Path) -> System:
    return System(tmp_path)


def test_by_default_the_system_starts_nothing_but_the_kiosk(system: System) -> None:
    assert system.install() == 0
    assert system.files == {UNIT}
    assert (system.root.parent / UNIT).stat().st_mode & 0o777 == 0o644
    assert system.told == [["systemctl", f"--root={system.root}", "enable", "motp-kiosk.service"]]


def test_on_a_desktop_it_is_this_user_s_and_no_root_is_needed(system: System) -> None:
    assert system.install(x11=True) == 0
    assert system.files == X11
    assert system.told == []


@pytest.mark.parametrize("x11", [False, True])
def test_removing_leaves_nothing_and_can_be_repeated(system: System, x11: bool) -> None:
    system.install(x11=x11)
    assert system.install(x11=x11, remove=True) == 0
    assert system.files == set()
    assert system.install(x11=x11, remove=True) == 0


@pytest.mark.parametrize("remove", [False, True])
@pytest.mark.parametrize("x11", [False, True])
def test_a_dry_run_shows_each_file_and_changes_none(
    system: System, capsys: pytest.CaptureFixture[str], x11: bool, remove: bool
) -> None:
    assert system.install(x11=x11, dry_run=True, remove=remove) == 0
    shown = capsys.readouterr().out
    assert str(system.home if x11 else system.root) in shown
    assert ("ExecStart=" in shown) is not remove
    assert system.files == set()
    assert system.told == []


def test_installing_again_mends_what_was_changed(system: System) -> None:
    system.install()
    (system.root.parent / UNIT).write_text("[Service]\n")
    assert system.install(user="kiosk") == 0
    assert (system.root.parent / UNIT).read_text("utf-8") == cage_unit(COMMAND, "kiosk")


def test_an_account_that_is_not_there_is_asked_for_before_anything_is_written(
    system: System, capsys: pytest.CaptureFixture[str]
) -> None:
    assert system.install(user="nobody-here") == 1
    assert "adduser --disabled-password nobody-here" in capsys.readouterr().err
    assert system.files == set()


def test_without_systemd_it_says_what_is_left_to_do(
    system: System, capsys: pytest.CaptureFixture[str]
) -> None:
    system.systemd_works = False
    assert system.install() == 1
    assert "systemctl enable motp-kiosk.service" in capsys.readouterr().err
    assert system.install(remove=True) == 1
    assert system.files == set()


def test_a_place_that_cannot_be_written_is_named(
    system: System, capsys: pytest.CaptureFixture[str]
) -> None:
    system.root.mkdir()
    (system.root / "etc").write_text("a file in place of a folder")
    assert system.install() == 1
    assert str(system.root / "etc") in capsys.readouterr().err


def test_elsewhere_than_on_linux_it_refuses(system: System) -> None:
    place = system.place
    elsewhere = Place(
        place.root, place.environ, COMMAND, place.run, place.accounts, platform="win32"
    )
    assert install(GIVEN, elsewhere) == 2
    assert system.files == set()


def test_the_settings_that_are_given_are_the_kiosk_s(system: System) -> None:
    assert system.install(x11=True, config=Path("/etc/motp/kiosk.toml")) == 0
    unit = (system.home / ".config/systemd/user/motp-kiosk.service").read_text("utf-8")
    assert "ExecStart=/usr/bin/motp-desktop --config /etc/motp/kiosk.toml kiosk\n" in unit


def test_the_users_of_another_system_are_those_of_its_own_file(tmp_path: Path) -> None:
    (tmp_path / "etc").mkdir()
    (tmp_path / "etc" / "passwd").write_text(
        "root:x:0:0::/:/bin/sh\nkiosk:x:1000:1000::/:/bin/sh\n"
    )
    accounts = this_place(tmp_path).accounts
    assert accounts("kiosk")
    assert not accounts("kios")
    assert this_place(Path("/")).accounts("root")


def test_the_command_line_reaches_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    assert main(["kiosk", "install", "--x11", "--lang", "en"]) == 0
    assert (tmp_path / ".config/systemd/user/motp-kiosk.service").exists()
    assert main(["kiosk", "install", "--x11", "--remove", "--lang", "en"]) == 0
    assert "Its enrolment and its data stay" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        main(["kiosk", "install", "--x11", "--cage"])


def test_a_real_systemctl_enables_it_in_an_image(tmp_path: Path) -> None:
    if shutil.which("systemctl") is None:
        pytest.skip("there is no systemctl")
    (tmp_path / "etc").mkdir()
    (tmp_path / "etc" / "passwd").write_text("kiosk:x:1000:1000::/home/kiosk:/bin/sh\n")
    wants = tmp_path / "etc/systemd/system/graphical.target.wants/motp-kiosk.service"
    assert main(["kiosk", "install", "--root", str(tmp_path)]) == 0
    assert wants.is_symlink()
    assert main(["kiosk", "install", "--root", str(tmp_path), "--remove"]) == 0
    assert not wants.is_symlink()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("motp-kiosk.service", cage_unit(COMMAND, "kiosk")),
        ("user/motp-kiosk.service", x11_unit(COMMAND)),
        ("motp-kiosk.desktop", x11_files(Path(), COMMAND)[1].text),
    ],
)
def test_the_files_for_packagers_are_those_that_are_installed(name: str, text: str) -> None:
    assert (PACKAGED / name).read_text("utf-8") == text


@pytest.mark.parametrize("is_user", [False, True])
def test_systemd_finds_nothing_wrong_with_the_units(tmp_path: Path, is_user: bool) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("there is no systemd-analyze")
    command = (sys.executable, "-m", "motp_desktop", "--config", "/a b/50%/$HOME\"'\\.toml")
    files = x11_files(tmp_path, command) if is_user else cage_files(tmp_path, command, "root")
    unit = tmp_path / "motp-kiosk.service"
    unit.write_text(files[0].text.replace("/usr/bin/xset", "/bin/true"))
    verify = ["systemd-analyze", "verify", "--man=no", *(["--user"] if is_user else []), str(unit)]
    environment = {"XDG_RUNTIME_DIR": str(tmp_path), "PATH": "/usr/bin:/bin"}
    done = subprocess.run(verify, capture_output=True, text=True, check=False, env=environment)
    ours = [line for line in done.stderr.splitlines() if "motp-kiosk" in line]
    assert ours == []


def test_the_entry_of_the_desktop_gives_the_display_and_starts_the_unit(system: System) -> None:
    system.install(x11=True)
    entry = read_entry(system.home / ".config/autostart/motp-kiosk.desktop")
    assert entry["Type"] == "Application"
    assert "import-environment DISPLAY XAUTHORITY" in entry["Exec"]
    assert entry["Exec"].endswith('restart motp-kiosk.service"')


CAGE_THAT_SAYS_0 = '#!/bin/sh\nshift\n"$@"\nexit 0\n'


@pytest.mark.parametrize(
    ("end", "starts_again"),
    [("exit 0", False), ("exit 1", True), ("kill -KILL $$", True), ("kill -SEGV $$", True)],
)
def test_only_the_administrator_s_exit_ends_it_whatever_cage_says(
    tmp_path: Path, end: str, starts_again: bool
) -> None:
    """As Debian 12's cage, which ends well however its program ended."""
    cage = tmp_path / "cage"
    cage.write_text(CAGE_THAT_SAYS_0)
    cage.chmod(0o755)
    app = tmp_path / "a 'motp' \"desktop\" $5"
    app.write_text(
        f'#!/bin/sh\n[ "$*" = kiosk ] || exit 0\n[ -z "$WATCHDOG_PID" ] || exit 0\n{end}'
    )
    app.chmod(0o755)
    unit = cage_unit((str(app),), "kiosk").replace("/usr/bin/cage", str(cage))
    ran = subprocess.run(
        exec_words(unit),
        env={"RUNTIME_DIRECTORY": str(tmp_path), "WATCHDOG_PID": "1", "PATH": "/usr/bin:/bin"},
        check=False,
    )
    assert (ran.returncode != 0) is starts_again
    assert ran.returncode != -signal.SIGKILL
