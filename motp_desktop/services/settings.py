"""What can be set, and the one spelling of each setting.

A setting comes from the administrator, who can lock it; from the command line; from the
person, in the window; from the environment or a settings file; or is the default.
"""

from dataclasses import dataclass, fields
from typing import Literal, Protocol, TypeAlias

from motp_desktop.services.ports import NoAnswer
from motp_protocol.fields import Language

ProxyMode: TypeAlias = Literal["system", "none", "manual"]
Theme: TypeAlias = Literal["system", "light", "dark", "high-contrast"]
SettingName: TypeAlias = Literal[
    "language", "theme", "text_percent", "verifier_origin", "proxy", "auto_lock_seconds"
]

TEXT_PERCENTS = (100, 125, 150, 175, 200)
AUTO_LOCKS = (30, 60, 120, 300, 600)
"""Seconds to choose from; the verifier's policy ends the wait where it is shorter."""


@dataclass(frozen=True, slots=True)
class ProxyChoice:
    """How the verifier is reached; `address` is a proxy's, for `manual` alone.

    `system`: as the environment or the system says.
    """

    mode: ProxyMode = "system"
    address: str = ""


@dataclass(frozen=True, slots=True)
class Choices:
    """What somebody set; None where they did not.

    `text_percent` is 100 to 200. `auto_lock_seconds` is at least 10; the verifier's policy
    counts where it is shorter.
    """

    language: Language | None = None
    theme: Theme | None = None
    text_percent: int | None = None
    verifier_origin: str | None = None
    proxy: ProxyChoice | None = None
    auto_lock_seconds: int | None = None

    def over(self, others: "Choices") -> "Choices":
        """These, and where nothing was set here the others."""
        return Choices(
            language=self.language or others.language,
            theme=self.theme or others.theme,
            text_percent=self.text_percent or others.text_percent,
            verifier_origin=self.verifier_origin or others.verifier_origin,
            proxy=self.proxy or others.proxy,
            auto_lock_seconds=self.auto_lock_seconds or others.auto_lock_seconds,
        )

    @property
    def names(self) -> frozenset[str]:
        """Which are set."""
        return frozenset(each.name for each in fields(self) if getattr(self, each.name) is not None)


@dataclass(frozen=True, slots=True)
class Managed:
    """What an administrator decided for everybody on this PC.

    `locked` cannot be changed by anybody else, `default` can. `reason` is shown beside what is
    locked; `source` is where it was read, for the helpdesk, and empty where nothing is managed.
    """

    locked: Choices = Choices()
    default: Choices = Choices()
    reason: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Kept:
    """What the person set, as it was found. `faults` name what could not be used."""

    choices: Choices = Choices()
    faults: tuple[str, ...] = ()


class ChoicesStore(Protocol):
    """Where the person's choices are kept."""

    def load(self) -> Kept:
        """What was kept; never fails: what cannot be read is named and put aside."""

    def save(self, choices: Choices) -> None:
        """Replace them, in one step. Raises StorageError."""


@dataclass(frozen=True, slots=True)
class SettingsNow:
    """What holds. In `values` all is set but `auto_lock_seconds`, None for the policy's own.

    `fixed` are the names that cannot be changed here: `locked` by an administrator, whose
    `reason` is shown, or given on the command line. `faults` name what could not be used.
    """

    values: Choices
    locked: frozenset[str] = frozenset()
    fixed: frozenset[str] = frozenset()
    reason: str = ""
    faults: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BadAddress:
    """Not an address."""


@dataclass(frozen=True, slots=True)
class OtherProtocol:
    """A verifier that this version of the app cannot talk with."""


@dataclass(frozen=True, slots=True)
class CheckedVerifier:
    """A verifier that answered: what to compare with what the institution says.

    `keys` are the fingerprints of the keys that sign its receipts (RFC 7638). `issuer` is who
    vouches for its certificate until `until` (RFC 3339), both empty on this PC itself.
    """

    origin: str
    name: str
    keys: tuple[str, ...] = ()
    issuer: str = ""
    until: str = ""


Checked: TypeAlias = CheckedVerifier | BadAddress | OtherProtocol | NoAnswer
