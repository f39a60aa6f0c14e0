"""Following the verifier's live events: again and again, with longer and longer pauses."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Literal, TypeAlias

from motp_desktop.services.helpdesk.ports import Notices
from motp_desktop.services.ports import Refused
from motp_protocol.helpdesk import StaffNotice

FIRST_PAUSE, LONGEST_PAUSE = 1.0, 60.0
"""Seconds."""

LiveState: TypeAlias = Literal["live", "lost", "over"]
"""`over`: the verifier no longer knows the session."""


def follow(
    notices: Notices,
    heard: Callable[[StaffNotice], None],
    told: Callable[[LiveState], None],
    pause: Callable[[float], bool],
    stopped: Callable[[], bool],
) -> None:
    """Listen until `stopped`, or until the session is over. Blocks; for a thread of its own.

    `pause` waits so many seconds and says whether it was stopped meanwhile.
    """
    wait = FIRST_PAUSE
    while not stopped():
        was_open: list[bool] = []

        def opened(was_open: list[bool] = was_open) -> None:
            was_open.append(True)
            told("live")

        end = notices.listen(opened, heard, stopped)
        if stopped():
            return
        if isinstance(end, Refused) and end.problem.status == HTTPStatus.UNAUTHORIZED:
            told("over")
            return
        told("lost")
        wait = FIRST_PAUSE if was_open else min(wait * 2, LONGEST_PAUSE)
        if pause(wait):
            return
