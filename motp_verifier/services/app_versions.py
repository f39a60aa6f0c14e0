"""Which versions of the app are served, and which is the newest."""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SupportedApps:
    """Versions such as `0.2.0`: the oldest that is served, and the newest there is."""

    oldest: str = "0"
    newest: str = "0"

    def serves(self, version: str) -> bool:
        """Whether an app of this version may enrol, unlock and change its PIN."""
        return not is_older(version, self.oldest)

    def newer_than(self, version: str) -> str | None:
        """The newest version, where this one is older."""
        return self.newest if is_older(version, self.newest) else None


ANY_APP = SupportedApps()
"""All versions are served, and none is known to be newer."""


def is_older(version: str, other: str) -> bool:
    """Whether a version is older than another; one without numbers is not."""
    numbers = _numbers(version)
    return any(numbers) and numbers < _numbers(other)


def _numbers(version: str) -> tuple[int, ...]:
    found = [int(part) for part in re.findall(r"[0-9]{1,9}", version)]
    return (*found, 0, 0, 0, 0)[:4]
