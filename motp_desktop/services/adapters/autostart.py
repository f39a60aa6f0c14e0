"""Starting with the person's session, on each system by the entry that it has for that.

Sources: Desktop Application Autostart Specification 0.5; the Run key in Microsoft's
documentation; launchd.plist(5).
"""

import plistlib
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from errno import EDQUOT, ENOSPC
from pathlib import Path
from typing import Protocol

from motp_desktop.services.adapters.desktop_entry import (
    APP_ID,
    FILE_NAME,
    exec_line,
    read_entry,
    write_entry,
)
from motp_desktop.services.ports import StorageError, StorageFault

IN_BACKGROUND = "--background"
LAUNCH_LABEL = f"kr.{APP_ID}"
RUN_KEY = r"Software\Microsoft\Windows\CurrentVersion\Run"


class XdgAutostart:
    """Implements `ports.Autostart` by an entry in `~/.config/autostart`."""

    def __init__(self, config_home: Path, command: Sequence[str]) -> None:
        self._path = config_home / "autostart" / FILE_NAME
        self._command = command

    def is_on(self) -> bool:
        """See Autostart. A desktop's own settings may have switched the entry off."""
        with told_as_storage_errors():
            entry = read_entry(self._path)
        return bool(entry.get("Exec")) and not _is_switched_off(entry)

    def turn_on(self) -> None:
        """See Autostart."""
        with told_as_storage_errors():
            write_entry(
                self._path,
                {
                    "Type": "Application",
                    "Name": "원격훈련 mOTP",
                    "Name[en]": "Training mOTP",
                    "Icon": APP_ID,
                    "Exec": exec_line(self._command, IN_BACKGROUND),
                    "X-GNOME-Autostart-enabled": "true",
                },
            )

    def turn_off(self) -> None:
        """See Autostart."""
        with told_as_storage_errors():
            self._path.unlink(missing_ok=True)


class LaunchAgent:
    """Implements `ports.Autostart` by an agent in `~/Library/LaunchAgents`."""

    def __init__(self, home: Path, command: Sequence[str]) -> None:
        self._path = home / "Library" / "LaunchAgents" / f"{LAUNCH_LABEL}.plist"
        self._command = command

    def is_on(self) -> bool:
        """See Autostart."""
        try:
            with told_as_storage_errors():
                agent = plistlib.loads(self._path.read_bytes())
        except StorageError:
            if not self._path.exists():
                return False
            raise
        except (plistlib.InvalidFileException, ValueError):
            return False
        return agent.get("RunAtLoad") is True and not agent.get("Disabled")

    def turn_on(self) -> None:
        """See Autostart. launchd reads it when the next session begins."""
        agent = {
            "Label": LAUNCH_LABEL,
            "ProgramArguments": [*self._command, IN_BACKGROUND],
            "RunAtLoad": True,
            "LimitLoadToSessionType": "Aqua",
            "ProcessType": "Interactive",
        }
        with told_as_storage_errors():
            self._path.parent.mkdir(parents=True, exist_ok=True)
            waiting = self._path.with_suffix(".new")
            waiting.write_bytes(plistlib.dumps(agent))
            waiting.replace(self._path)

    def turn_off(self) -> None:
        """See Autostart."""
        with told_as_storage_errors():
            self._path.unlink(missing_ok=True)


class Registry(Protocol):
    """What of the current user's part of Windows' registry is used. Raises OSError."""

    def get(self, key: str, name: str) -> str | None: ...

    def set(self, key: str, name: str, value: str) -> None: ...

    def delete(self, key: str, name: str) -> None: ...


class RunKey:
    """Implements `ports.Autostart` by a value of the Run key."""

    def __init__(self, registry: Registry, command: Sequence[str]) -> None:
        self._registry = registry
        self._command = command

    def is_on(self) -> bool:
        """See Autostart."""
        with told_as_storage_errors():
            return self._registry.get(RUN_KEY, APP_ID) is not None

    def turn_on(self) -> None:
        """See Autostart."""
        with told_as_storage_errors():
            line = subprocess.list2cmdline([*self._command, IN_BACKGROUND])
            self._registry.set(RUN_KEY, APP_ID, line)

    def turn_off(self) -> None:
        """See Autostart."""
        with told_as_storage_errors():
            self._registry.delete(RUN_KEY, APP_ID)


def _is_switched_off(entry: Mapping[str, str]) -> bool:
    return entry.get("Hidden") == "true" or entry.get("X-GNOME-Autostart-enabled") == "false"


@contextmanager
def told_as_storage_errors() -> Iterator[None]:
    """Faults of files and of the registry as the port tells them."""
    try:
        yield
    except PermissionError as error:
        raise StorageError(StorageFault.DENIED) from error
    except OSError as error:
        is_full = error.errno in {ENOSPC, EDQUOT}
        raise StorageError(StorageFault.FULL if is_full else StorageFault.FAILED) from error
