"""A person's desktop for tests: a screen, a session bus, an unlocked keychain, a home.

Nothing of the desktop on which the tests run is seen or touched.
"""

import os
import select
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Self

PROGRAMS = ("Xvfb", "dbus-daemon", "gnome-keyring-daemon")
AT_SPI = Path("/usr/libexec/at-spi-bus-launcher")

_PATIENCE_SECONDS = 20
_SCREEN = "1024x800x24"
_HIDDEN = ("DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "QT_QPA_PLATFORM")


def missing_programs() -> list[str]:
    """What has to be installed before a session can be had; empty where all is there."""
    missing = [program for program in PROGRAMS if shutil.which(program) is None]
    return missing if AT_SPI.exists() else [*missing, AT_SPI.name]


class GraphicalSession:
    """Xvfb and a D-Bus session, as a context manager. Programs started in it end with it."""

    def __init__(self, folder: Path) -> None:
        """`folder` becomes the person's home; it must not be there yet."""
        self.folder = folder
        self.environment: dict[str, str] = {}
        self._ending = ExitStack()

    @property
    def bus_address(self) -> str:
        """Where the session bus listens."""
        return self.environment["DBUS_SESSION_BUS_ADDRESS"]

    def __enter__(self) -> Self:
        self.folder.mkdir(mode=0o700)
        (self.folder / "run").mkdir(mode=0o700)
        self.environment = {k: v for k, v in os.environ.items() if k not in _HIDDEN} | {
            "HOME": str(self.folder),
            "XDG_CACHE_HOME": str(self.folder / "cache"),
            "XDG_CONFIG_HOME": str(self.folder / "config"),
            "XDG_DATA_HOME": str(self.folder / "data"),
            "XDG_STATE_HOME": str(self.folder / "state"),
            "XDG_RUNTIME_DIR": str(self.folder / "run"),
            "GSETTINGS_BACKEND": "memory",
            "NO_AT_BRIDGE": "1",  # for the session's own programs; Qt does not look at it
        }
        try:
            display = self._start_and_hear(
                "Xvfb", "-screen", "0", _SCREEN, "-nolisten", "tcp", "-displayfd"
            )
            self.environment |= {"DISPLAY": f":{display}", "QT_QPA_PLATFORM": "xcb"}
            self.environment["DBUS_SESSION_BUS_ADDRESS"] = self._start_and_hear(
                "dbus-daemon", "--session", "--nofork", "--nopidfile", "--print-address"
            )
            self._start_keychain()
        except BaseException:
            self._ending.close()
            raise
        return self

    def __exit__(self, *_error: object) -> None:
        self._ending.close()

    def start(
        self, command: Sequence[str], extra: Mapping[str, str] | None = None
    ) -> subprocess.Popen[bytes]:
        """Start a program in the session; what it says goes to `log_of` it."""
        with self.log.open("ab") as log:
            process = subprocess.Popen(
                command,
                env=self.environment | dict(extra or {}),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        self._ending.callback(_end, process)
        return process

    def start_app(
        self, *arguments: str, module: str = "motp_desktop", **extra: str
    ) -> subprocess.Popen[bytes]:
        """Start the app, or another module in its place."""
        return self.start([sys.executable, "-m", module, *arguments], extra)

    @property
    def log(self) -> Path:
        """What all programs of the session have said."""
        return self.folder / "session.log"

    def _start_and_hear(self, *command: str) -> str:
        """Start a server that writes one line to a pipe, whose number ends its command."""
        reading, writing = os.pipe()
        joined = [*command[:-1], command[-1], str(writing)]
        if command[-1].startswith("--"):
            joined = [*command[:-1], f"{command[-1]}={writing}"]
        with self.log.open("ab") as log:
            process = subprocess.Popen(
                joined, env=self.environment, pass_fds=(writing,), stdout=log, stderr=log
            )
        os.close(writing)
        self._ending.callback(_end, process)
        with os.fdopen(reading, "rb", buffering=0) as pipe:
            heard = b""
            while not heard.endswith(b"\n"):
                ready, _, _ = select.select([pipe], [], [], _PATIENCE_SECONDS)
                piece = pipe.read(4096) if ready else b""
                if not piece:
                    raise RuntimeError(f"{command[0]} did not start: {self.log.read_text()}")
                heard += piece
        return heard.decode().strip()

    def _start_keychain(self) -> None:
        """An unlocked Secret Service; its last words before it serves are its socket's address."""
        with self.log.open("ab") as log:
            process = subprocess.Popen(
                ["gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets"],
                env=self.environment,
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
            )
        self._ending.callback(_end, process)
        assert process.stdin is not None
        process.stdin.write(b"keychain")
        process.stdin.close()


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(_PATIENCE_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(_PATIENCE_SECONDS)
