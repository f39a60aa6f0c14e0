"""Settings as the person sees and changes them in the window."""

from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

from motp_desktop.services.outcomes import StorageTrouble
from motp_desktop.services.ports import NoAnswer, StorageError
from motp_desktop.services.settings import (
    BadAddress,
    Checked,
    CheckedVerifier,
    Choices,
    ChoicesStore,
    Managed,
    OtherProtocol,
    ProxyChoice,
    SettingsNow,
)


class VerifierProbe(Protocol):
    """A look at a verifier that is not in use yet."""

    def probe(self, origin: str) -> CheckedVerifier | OtherProtocol | NoAnswer:
        """What is there."""


class SettingsDesk:
    """Implements `use_cases.SettingsDesk`."""

    def __init__(
        self,
        *,
        store: ChoicesStore,
        resolve: Callable[[Choices], Choices],
        managed: Managed,
        given: Choices,
        faults: tuple[str, ...],
        probe: VerifierProbe,
        read_origin: Callable[[str], str],
        read_proxy: Callable[[str], ProxyChoice],
    ) -> None:
        """`resolve` tells what holds where the person chose this.

        `read_origin` and `read_proxy` raise ValueError for what is no address.
        """
        self._store = store
        self._resolve = resolve
        self._managed = managed
        self._given = given
        self._faults = faults
        self._probe = probe
        self._read_origin = read_origin
        self._read_proxy = read_proxy

    def look(self) -> SettingsNow:
        """What holds now."""
        return self._now(self._store.load().choices)

    def change(self, choices: Choices) -> SettingsNow | StorageTrouble:
        """Choose these, leave the others; after a restart too. What is fixed stays."""
        kept = self._store.load().choices
        free = {name: getattr(choices, name) for name in choices.names - self._managed.locked.names}
        changed = replace(kept, **free)
        try:
            self._store.save(changed)
        except StorageError as error:
            return StorageTrouble(error.fault)
        return self._now(changed)

    def keep_proxy(self, address: str) -> SettingsNow | StorageTrouble | BadAddress:
        """Choose the proxy at this address."""
        try:
            return self.change(Choices(proxy=self._read_proxy(address)))
        except ValueError:
            return BadAddress()

    def check(self, address: str) -> Checked:
        """Ask whoever is at this address; takes seconds where nobody is."""
        try:
            origin = self._read_origin(address)
        except ValueError:
            return BadAddress()
        return self._probe.probe(origin)

    def _now(self, choices: Choices) -> SettingsNow:
        locked = self._managed.locked.names
        return SettingsNow(
            values=self._resolve(choices),
            locked=locked,
            fixed=locked | self._given.names,
            reason=self._managed.reason,
            faults=self._faults,
        )
