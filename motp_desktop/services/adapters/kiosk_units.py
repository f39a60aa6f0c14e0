"""The files by which systemd starts a kiosk, and starts it again.

Sources: systemd.service(5), systemd.exec(5), systemd.kill(5); cage(1); Desktop Application
Autostart Specification 0.5. Why they are so: docs/adr/0036.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from motp_desktop.services.adapters.desktop_entry import exec_line

UNIT = "motp-kiosk.service"
SYSTEM_UNITS = Path("/etc/systemd/system")

_UNIT_HEAD = """\
[Unit]
Description=mOTP kiosk
Documentation=file:/usr/share/doc/motp-desktop/kiosk.md
# However often it ends, somebody is waiting in front of it.
StartLimitIntervalSec=0
"""

# Exit status 0 is the administrator's exit: it stays ended.
_SERVICE_TAIL = """\
Restart=on-failure
RestartSec=2
TimeoutStartSec=60
TimeoutStopSec=10
WatchdogSec=15
# Its memory is nobody's: no core is dumped, neither by a crash nor by the watchdog.
WatchdogSignal=SIGKILL
LimitCORE=0
UMask=0077
"""


@dataclass(frozen=True, slots=True)
class UnitFile:
    """A file with its place."""

    path: Path
    text: str


# cage says 0 whatever became of what it showed, and so does xinit: the shells carry its end.
_ENDED = '"$RUNTIME_DIRECTORY/ended"'
_SHOW = f'/usr/bin/cage -- /usr/bin/env -u WATCHDOG_PID /bin/sh -c "$0" "$@"; test -e {_ENDED}'
_RUN = f'"$0" "$@" && : > {_ENDED}'


def cage_unit(command: Sequence[str], user: str) -> str:
    """A system unit: the account's own session on tty1, with nothing in it but the kiosk.

    The kiosk is not the main process, which systemd names in WATCHDOG_PID: it must not see
    that, for it is who talks to systemd.
    """
    return f"""\
{_UNIT_HEAD}After=systemd-user-sessions.service systemd-logind.service dbus.socket
After=plymouth-quit-wait.service getty@tty1.service
Wants=systemd-logind.service dbus.socket
Conflicts=getty@tty1.service
OnSuccess=getty@tty1.service
ConditionPathExists=/dev/tty0

[Service]
Type=notify
NotifyAccess=all
# Without -s of cage the keys for other consoles do nothing.
ExecStart={_exec_line(("/bin/sh", "-c", _SHOW, _RUN, *command, "kiosk"))}
RuntimeDirectory=motp-kiosk
RuntimeDirectoryMode=0700
User={user}
PAMName=login
TTYPath=/dev/tty1
TTYReset=yes
TTYVHangup=yes
TTYVTDisallocate=yes
StandardInput=tty-fail
StandardOutput=journal
StandardError=journal
UtmpIdentifier=tty1
UtmpMode=user
Environment=XDG_SESSION_TYPE=wayland
{_SERVICE_TAIL}
[Install]
WantedBy=graphical.target
"""


def x11_unit(command: Sequence[str]) -> str:
    """A user's unit, for a desktop that is there already; `x11_autostart` starts it.

    Where there is no display (exit status 3), none comes by trying again: the next session's
    autostart does that.
    """
    return f"""\
{_UNIT_HEAD}
[Service]
Type=notify
ExecStartPre=-/usr/bin/xset s off -dpms
ExecStart={_exec_line((*command, "kiosk"))}
RestartPreventExitStatus=3
{_SERVICE_TAIL}"""


def x11_autostart() -> str:
    """A desktop entry that gives the unit the session's display, and starts it."""
    names = "DISPLAY XAUTHORITY XDG_SESSION_ID XDG_CURRENT_DESKTOP DBUS_SESSION_BUS_ADDRESS"
    script = (
        f"systemctl --user import-environment {names}; "
        f"systemctl --user daemon-reload; exec systemctl --user restart {UNIT}"
    )
    return f"""\
[Desktop Entry]
Type=Application
Name=원격훈련 mOTP 키오스크
Name[en]=Training mOTP kiosk
Exec={exec_line(("/bin/sh", "-c", script))}
"""


def cage_files(root: Path, command: Sequence[str], user: str) -> tuple[UnitFile, ...]:
    """What a kiosk under cage needs, below `root`."""
    place = root / SYSTEM_UNITS.relative_to("/") / UNIT
    return (UnitFile(place, cage_unit(command, user)),)


def x11_files(config_home: Path, command: Sequence[str]) -> tuple[UnitFile, ...]:
    """What a kiosk on a desktop needs, in the account's own settings."""
    return (
        UnitFile(config_home / "systemd" / "user" / UNIT, x11_unit(command)),
        UnitFile(config_home / "autostart" / "motp-kiosk.desktop", x11_autostart()),
    )


def _exec_line(words: Sequence[str]) -> str:
    """Words as `ExecStart=` takes them (systemd.service(5), "Command lines")."""
    return " ".join(map(_word, words))


def _word(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$")
    is_plain = escaped == text and text and not any(each.isspace() or each in "';" for each in text)
    return text if is_plain else f'"{escaped}"'
