"""The port: whoever watches the session calls back when nobody sits here any more."""

from collections.abc import Callable
from typing import Protocol, TypeAlias

Left: TypeAlias = Callable[[], None]
"""Called on the UI thread: the screen locks, the PC goes to sleep, or another user comes."""


class SessionWatch(Protocol):
    """Tells when the session locks or sleeps. Made, used and stopped on the UI thread.

    Costs nothing while nothing happens: there is no timer behind it. Being told twice of one
    leaving is no harm, and where the system tells nothing the idle lock still comes.
    """

    def start(self, left: Left) -> None:
        """Call `left` from now on; never fails where the system tells nothing."""

    def stop(self) -> None:
        """Not any more."""


class NoWatch:
    """For systems that tell nothing."""

    def start(self, left: Left) -> None:
        """See SessionWatch."""

    def stop(self) -> None:
        """See SessionWatch."""
