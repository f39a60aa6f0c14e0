"""What the system is told of this app: to start it with the session, and for motp:// links."""

import plistlib
import re
import subprocess
import sys
from errno import ENOSPC
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motp_desktop.services.adapters.autostart import (
    LAUNCH_LABEL,
    RUN_KEY,
    LaunchAgent,
    RunKey,
    XdgAutostart,
)
from motp_desktop.services.adapters.desktop_entry import exec_line, read_entry
from motp_desktop.services.adapters.launching import launch_command
from motp_desktop.services.adapters.link_handler import (
    MIME_TYPE,
    NoLinkHandler,
    RegistryLinkHandler,
    XdgLinkHandler,
    with_default,
)
from motp_desktop.services.adapters.session_entries import session_entries
from motp_desktop.services.ports import Autostart, StorageError, StorageFault

COMMAND = ("/opt/m otp/motp-desktop", "--x=100%")


class MemoryRegistry:
    """Windows' registry for this user; `fault` makes every change fail."""

    def __init__(self) -> None:
        self.values: dict[tuple[str, str], str] = {}
        self.changes = 0
        self.fault: OSError | None = None

    def get(self, key: str, name: str) -> str | None:
        return self.values.get((key, name))

    def set(self, key: str, name: str, value: str) -> None:
        self._change()
        self.values[key, name] = value

    def delete(self, key: str, name: str) -> None:
        self._change()
        self.values.pop((key, name), None)

    def _change(self) -> None:
        if self.fault is not None:
            raise self.fault
        self.changes += 1


@pytest.fixture(params=["xdg", "mac", "windows"])
def autostart(request: pytest.FixtureRequest, tmp_path: Path) -> Autostart:
    """That of each system."""
    if request.param == "xdg":
        return XdgAutostart(tmp_path, COMMAND)
    if request.param == "mac":
        return LaunchAgent(tmp_path, COMMAND)
    return RunKey(MemoryRegistry(), COMMAND)


def test_it_is_off_until_it_is_turned_on_and_off_again_after(autostart: Autostart) -> None:
    assert not autostart.is_on()
    autostart.turn_off()
    for _ in range(2):
        autostart.turn_on()
        assert autostart.is_on()
    autostart.turn_off()
    assert not autostart.is_on()


def test_on_linux_it_is_an_entry_that_desktops_understand(tmp_path: Path) -> None:
    XdgAutostart(tmp_path, COMMAND).turn_on()
    entry = read_entry(tmp_path / "autostart" / "motp-desktop.desktop")
    assert entry["Type"] == "Application"
    assert entry["Exec"] == '"/opt/m otp/motp-desktop" "--x=100%%" --background'


@pytest.mark.parametrize("line", ["Hidden=true", "X-GNOME-Autostart-enabled=false"])
def test_an_entry_that_the_desktop_switched_off_is_off(tmp_path: Path, line: str) -> None:
    autostart = XdgAutostart(tmp_path, COMMAND)
    autostart.turn_on()
    path = tmp_path / "autostart" / "motp-desktop.desktop"
    path.write_text(path.read_text("utf-8") + line + "\n", "utf-8")
    assert not autostart.is_on()
    autostart.turn_on()
    assert autostart.is_on()


def test_on_a_mac_it_is_an_agent_of_the_graphical_session(tmp_path: Path) -> None:
    LaunchAgent(tmp_path, COMMAND).turn_on()
    path = tmp_path / "Library" / "LaunchAgents" / f"{LAUNCH_LABEL}.plist"
    agent = plistlib.loads(path.read_bytes())
    assert agent["ProgramArguments"] == [*COMMAND, "--background"]
    assert agent["RunAtLoad"]
    path.write_bytes(b"not a list of properties")
    assert not LaunchAgent(tmp_path, COMMAND).is_on()


def test_on_windows_it_is_a_value_of_the_run_key() -> None:
    registry = MemoryRegistry()
    RunKey(registry, COMMAND).turn_on()
    assert registry.values == {
        (RUN_KEY, "motp-desktop"): '"/opt/m otp/motp-desktop" --x=100% --background'
    }


@pytest.mark.parametrize(
    ("error", "fault"),
    [
        (PermissionError(), StorageFault.DENIED),
        (OSError(ENOSPC, "full"), StorageFault.FULL),
        (OSError(), StorageFault.FAILED),
    ],
)
def test_what_cannot_be_written_is_told(error: OSError, fault: StorageFault) -> None:
    registry = MemoryRegistry()
    registry.fault = error
    for change in (RunKey(registry, COMMAND).turn_on, RunKey(registry, COMMAND).turn_off):
        with pytest.raises(StorageError) as told:
            change()
        assert told.value.fault is fault


def test_a_file_in_the_place_of_the_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "autostart").write_text("in the way")
    with pytest.raises(StorageError):
        XdgAutostart(tmp_path, COMMAND).turn_on()


def unquoted(value: str) -> list[str]:
    """An Exec value as a desktop reads it, field codes but for `%%` aside."""
    text = value.replace("\\\\", "\\")
    quoted = re.findall(r'"((?:[^"\\]|\\.)*)"', text, re.DOTALL)
    return [re.sub(r"\\(.)", r"\1", each).replace("%%", "%") for each in quoted]


@given(
    st.lists(
        st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), min_size=1), min_size=1
    )
)
def test_any_command_survives_the_quoting_of_an_entry(command: list[str]) -> None:
    assert unquoted(exec_line(command)) == command


def test_links_are_opened_by_an_argument_that_can_be_no_option(tmp_path: Path) -> None:
    XdgLinkHandler(tmp_path / "data", tmp_path / "config", COMMAND).register()
    entry = read_entry(tmp_path / "data" / "applications" / "motp-desktop.desktop")
    assert entry["MimeType"] == f"{MIME_TYPE};"
    assert entry["Exec"].endswith(" open -- %u")
    associations = (tmp_path / "config" / "mimeapps.list").read_text("utf-8")
    assert associations == f"[Default Applications]\n{MIME_TYPE}=motp-desktop.desktop\n"


def test_where_a_package_put_an_entry_for_all_the_user_s_own_does_not_hide_it(
    tmp_path: Path,
) -> None:
    places = tmp_path / "data", tmp_path / "config"
    XdgLinkHandler(*places, COMMAND).register()
    for_all = tmp_path / "share" / "applications" / "motp-desktop.desktop"
    for_all.parent.mkdir(parents=True)
    for_all.touch()
    XdgLinkHandler(*places, COMMAND, [tmp_path / "none", tmp_path / "share"]).register()
    assert not (tmp_path / "data" / "applications" / "motp-desktop.desktop").exists()
    assert "motp-desktop.desktop" in (tmp_path / "config" / "mimeapps.list").read_text("utf-8")


def test_registering_again_writes_nothing(tmp_path: Path) -> None:
    handler = XdgLinkHandler(tmp_path, tmp_path, COMMAND)
    handler.register()
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    before = [path.stat().st_ino for path in files]
    handler.register()
    assert [path.stat().st_ino for path in files] == before


OTHERS = """# mine
[Added Associations]
text/plain=editor.desktop;

[Default Applications]
text/plain=editor.desktop
"""


def test_other_associations_and_an_own_choice_are_kept() -> None:
    ours = with_default(OTHERS, MIME_TYPE, "motp-desktop.desktop")
    assert [line for line in ours.splitlines() if MIME_TYPE not in line] == OTHERS.splitlines()
    assert with_default(ours, MIME_TYPE, "motp-desktop.desktop") == ours
    chosen = ours.replace("motp-desktop.desktop", "another.desktop")
    assert with_default(chosen, MIME_TYPE, "motp-desktop.desktop") == chosen


@given(st.text(), st.text())
def test_no_list_loses_a_line(before: str, after: str) -> None:
    text = f"{before}\n{after}"
    made = with_default(text, MIME_TYPE, "motp-desktop.desktop")
    kept = made.splitlines()
    for line in text.splitlines():
        assert line in kept
    assert with_default(made, MIME_TYPE, "motp-desktop.desktop") == made


def test_on_windows_a_class_of_this_user_opens_links() -> None:
    registry = MemoryRegistry()
    handler = RegistryLinkHandler(registry, COMMAND)
    handler.register()
    assert registry.get(r"Software\Classes\motp", "URL Protocol") == ""
    command = registry.get(r"Software\Classes\motp\shell\open\command", "")
    assert command == subprocess.list2cmdline([*COMMAND, "open", "--"]) + ' "%1"'
    changes = registry.changes
    handler.register()
    assert registry.changes == changes
    NoLinkHandler().register()


def test_each_system_gets_its_own_entries(tmp_path: Path) -> None:
    environ = {
        "HOME": str(tmp_path),
        "XDG_CONFIG_HOME": "not/absolute",
        "XDG_DATA_DIRS": str(tmp_path / "of all"),
    }
    linux, mac = (session_entries(environ, platform) for platform in ("linux", "darwin"))
    linux.autostart.turn_on()
    mac.autostart.turn_on()
    linux.link_handler.register()
    found = {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file()}
    assert found == {
        ".config/autostart/motp-desktop.desktop",
        ".config/mimeapps.list",
        ".local/share/applications/motp-desktop.desktop",
        f"Library/LaunchAgents/{LAUNCH_LABEL}.plist",
    }


def test_the_command_that_starts_the_app_again_can_be_run_from_anywhere(tmp_path: Path) -> None:
    run = subprocess.run(
        [*launch_command(), "--version"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    assert run.stdout.startswith("motp-desktop")


@pytest.mark.parametrize("options", [(), ("-I",)])
def test_a_package_s_interpreter_is_started_again_as_it_was(
    tmp_path: Path, options: tuple[str, ...]
) -> None:
    """Where no command lies beside it, as in Debian's package."""
    interpreter = str(tmp_path / "python3")
    program = (
        "import sys; sys.path.insert(0, sys.argv[1]); sys.executable = sys.argv[2];"
        "from motp_desktop.services.adapters.launching import launch_command as f; print(*f())"
    )
    told = subprocess.run(
        [sys.executable, *options, "-c", program, str(Path.cwd()), interpreter],
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.split() == [interpreter, *options, "-m", "motp_desktop"]
