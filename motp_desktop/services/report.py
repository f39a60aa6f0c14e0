"""The diagnostics report: what the helpdesk needs, in one text without a secret."""

from collections.abc import Sequence

import msgspec

from motp_desktop.services.device_status import DeviceStatus
from motp_desktop.services.doctor import Finding

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
