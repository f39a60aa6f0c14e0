"""The diagnostics report: what the helpdesk needs, in one text without a secret."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

import msgspec

from motp_desktop.services.device_facts import DeviceStatus
from motp_desktop.services.device_status import StatusDesk
from motp_desktop.services.doctor import Doctor, Finding
from motp_desktop.services.ports import Clock
from motp_protocol.encoding import format_time

_LEFT_OUT = ("name_masked", "phone_masked")


def compose_report(
    status: DeviceStatus, findings: Sequence[Finding], log: Sequence[str], *, moment: str, home: str
) -> str:
    """The text. Who the trainee is, even masked, and the user's folder `home` are left out."""
    facts = {
        name: value
        for name, value in msgspec.to_builtins(status).items()
        if name not in _LEFT_OUT and value not in ("", None)
    }
    lines = [
        "motp-desktop diagnostics report",
        f"written: {moment}",
        "",
        "[status]",
        *(f"{name}: {_word(value)}" for name, value in facts.items()),
        "",
        "[doctor]",
        *(
            " ".join(filter(None, (f"{each.verdict:4} {each.part}: {each.code}", each.detail)))
            for each in findings
        ),
        "",
        "[log]",
        *log,
        "",
    ]
    text = "\n".join(lines)
    return text.replace(home, "~") if len(home) > 1 else text


def status_members(status: DeviceStatus) -> dict[str, object]:
    """The status as members of JSON, for scripts; times in RFC 3339, nothing for people."""
    members: dict[str, object] = msgspec.to_builtins(status)
    return members


def _word(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


class Log(Protocol):
    """The app's own log."""

    def tail(self) -> list[str]:
        """Its newest lines, the oldest of them first."""


class Diagnostics:
    """Implements `use_cases.Diagnostics`."""

    def __init__(
        self,
        *,
        desk: StatusDesk,
        doctor: Doctor,
        log: Log,
        write: Callable[[Path, str], None],
        clock: Clock,
    ) -> None:
        """`write` keeps a text for this user alone; it raises OSError."""
        self._desk = desk
        self._doctor = doctor
        self._log = log
        self._write = write
        self._clock = clock

    def log(self) -> list[str]:
        """The newest lines of the app's log."""
        return self._log.tail()

    def save(self, path: str, findings: Sequence[Finding] | None = None) -> bool:
        """Keep a report there, of these findings or of fresh ones; whether it could be kept."""
        text = compose_report(
            self._desk.look(),
            self._doctor.examine() if findings is None else findings,
            self._log.tail(),
            moment=format_time(self._clock.now_ms()),
            home=str(Path.home()),
        )
        try:
            self._write(Path(path), text)
        except OSError:
            return False
        return True
