"""The desktop's ports in memory: small, real, and able to fail when told to."""

from motp_desktop.services.ports import (
    KeyStoreError,
    KeyStoreFault,
    Slot,
    StorageError,
    StorageFault,
)


class TickingClock:
    """A PC's clocks, moved by hand. Milliseconds."""

    def __init__(self, system_ms: int = 1_800_000_000_000) -> None:
        self.system_ms = system_ms
        self.since_start_ms = 5_000

    def now_ms(self) -> int:
        return self.system_ms

    def elapsed_ms(self) -> int:
        return self.since_start_ms

    def pass_time(self, milliseconds: int) -> None:
        """Time passes."""
        self.system_ms += milliseconds
        self.since_start_ms += milliseconds

    def jump(self, milliseconds: int) -> None:
        """Somebody sets the system clock."""
        self.system_ms += milliseconds


class MemoryKeyStore:
    """A key store; `fault` makes every call fail."""

    def __init__(self) -> None:
        self.secrets: dict[str, bytes] = {}
        self.fault: KeyStoreFault | None = None
        self.key_file_chosen = False

    @property
    def description(self) -> str:
        return "memory"

    def load(self, name: str) -> bytes | None:
        self._check()
        return self.secrets.get(name)

    def save(self, name: str, secret: bytes) -> None:
        self._check()
        self.secrets[name] = secret

    def delete(self, name: str) -> None:
        self._check()
        self.secrets.pop(name, None)

    def choose_key_file(self) -> None:
        """What choosing the key file does: another store, which works."""
        self.key_file_chosen = True
        self.fault = None

    def _check(self) -> None:
        if self.fault is not None:
            raise KeyStoreError(self.fault)


class MemoryVaults:
    """A vault store; `read_fault` and `write_fault` make its calls fail."""

    def __init__(self) -> None:
        self.slots: dict[Slot, bytes] = {}
        self.aside: list[bytes] = []
        self.read_fault: StorageFault | None = None
        self.write_fault: StorageFault | None = None
        self.writes = 0

    def load(self, slot: Slot) -> bytes | None:
        if self.read_fault is not None:
            raise StorageError(self.read_fault)
        return self.slots.get(slot)

    def save(self, slot: Slot, sealed: bytes) -> None:
        self._check()
        self.writes += 1
        self.slots[slot] = sealed

    def promote(self) -> None:
        self._check()
        if Slot.PENDING in self.slots:
            self.slots[Slot.ACTIVE] = self.slots.pop(Slot.PENDING)

    def delete(self, slot: Slot) -> None:
        self._check()
        self.slots.pop(slot, None)

    def set_aside(self, slot: Slot) -> None:
        self._check()
        if slot in self.slots:
            self.aside.append(self.slots.pop(slot))

    def _check(self) -> None:
        if self.write_fault is not None:
            raise StorageError(self.write_fault)


class MemoryInstallation:
    """An installation's id."""

    def __init__(self) -> None:
        self.id: str | None = None

    def load(self) -> str | None:
        return self.id

    def create(self) -> str:
        self.id = self.id or "installation-1"
        return self.id


class MemoryAutostart:
    """An entry for starting with the session; `fault` makes every call fail."""

    def __init__(self) -> None:
        self.on = False
        self.fault: StorageFault | None = None

    def is_on(self) -> bool:
        self._check()
        return self.on

    def turn_on(self) -> None:
        self._check()
        self.on = True

    def turn_off(self) -> None:
        self._check()
        self.on = False

    def _check(self) -> None:
        if self.fault is not None:
            raise StorageError(self.fault)


class MemoryLinkHandler:
    """Counts how often it was registered; `fault` is raised instead."""

    def __init__(self) -> None:
        self.registered = 0
        self.fault: StorageError | None = None

    def register(self) -> None:
        if self.fault is not None:
            raise self.fault
        self.registered += 1
