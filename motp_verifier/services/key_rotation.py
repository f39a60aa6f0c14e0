"""Changing the master keys while the verifier serves.

A new key is put first in the key file; running processes take it up by themselves. Then
every sealed value is opened and sealed again, some hundred rows at a time, each only if
nobody changed it meanwhile. Whatever interrupts this, the next run goes on: what is left to
do is what the values themselves say.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from motp_verifier.key_file import KeyFile
from motp_verifier.sealing import LOOK_AGAIN_SECONDS, MasterKeys, SealBroken
from motp_verifier.services.signed import Clock
from motp_verifier.store import sealed as rows
from motp_verifier.store.port import Store
from motp_verifier.store.sealed import SEALED, SealedColumn, SealedValue

CHUNK = 200
"""Rows in one transaction: it holds the write lock for some milliseconds."""

PASSES = 5
"""How often all is gone through, while others may still be sealing under the old key."""

RETIRE_AFTER_SECONDS = 600
"""How long the key file must be unchanged before a key goes: an older value that some slow
process still held under the old key is committed by then."""


@dataclass(frozen=True, slots=True)
class KeyUse:
    """A key of the file, and how many values it sealed."""

    id: str
    seals: bool
    values: int


@dataclass(frozen=True, slots=True)
class Usage:
    """All keys. `lost` counts values that name a key which is not in the file."""

    keys: tuple[KeyUse, ...]
    lost: int


@dataclass(frozen=True, slots=True)
class Rotated:
    """Every value is under this key, but those that did not open.

    `continued` says that an earlier rotation was gone on with and no new key was made.
    `finished` is false where another process goes on sealing under an older key.
    """

    key_id: str
    continued: bool
    finished: bool
    resealed: int
    broken: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Retired:
    """The keys are out of the file."""

    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UnknownKey:
    """The key file has no such key."""

    id: str


@dataclass(frozen=True, slots=True)
class StillSeals:
    """The first key can't go: new values are sealed under it."""

    id: str


@dataclass(frozen=True, slots=True)
class StillNamed:
    """Values are still under this key."""

    id: str
    values: int


@dataclass(frozen=True, slots=True)
class TooSoon:
    """The key file changed too short a time ago; `seconds` to wait."""

    seconds: int


RetireOutcome: TypeAlias = Retired | UnknownKey | StillSeals | StillNamed | TooSoon


async def _until_seen() -> None:
    await asyncio.sleep(2 * LOOK_AGAIN_SECONDS)


def _no_progress(_where: str, _done: int) -> None:
    pass


class KeyRotation:
    """What an operator does with the master keys.

    `until_seen` waits until other processes use the new key; `progress` is told how many
    values of a column were sealed again so far.
    """

    def __init__(
        self,
        store: Store,
        keys: MasterKeys,
        file: KeyFile,
        now: Clock,
        *,
        until_seen: Callable[[], Awaitable[None]] = _until_seen,
        progress: Callable[[str, int], None] = _no_progress,
    ) -> None:
        self._store = store
        self._keys = keys
        self._file = file
        self._now = now
        self._until_seen = until_seen
        self._progress = progress

    async def usage(self) -> Usage:
        """Which keys there are and what they hold. Reads every table once."""
        self._keys.look_again()
        ids = self._keys.ids
        totals = dict.fromkeys((*ids, ""), 0)
        for where in SEALED:
            for name, count in (await self._count(where, ids)).items():
                totals[name] += count
        keys = tuple(KeyUse(name, name == ids[0], totals[name]) for name in ids)
        return Usage(keys, totals[""])

    async def rotate(self, to: str | None = None) -> Rotated:
        """Seal everything under a new key, or under `to`, which the file has already.

        Where an earlier rotation was not finished, finish that. Raises KeyFileError and
        StoreUnavailable.
        """
        self._keys.look_again()
        continued = await self._is_unfinished()
        if to is not None and to != self._keys.ids[0]:
            self._file.put_first(to)
            continued = False
        elif to is None and not continued:
            self._file.add(first=True)
        self._keys.look_again()
        resealed, finished = 0, False
        broken: list[str] = []
        for _ in range(PASSES):
            done, broken = await self._pass()
            resealed += done
            await self._until_seen()
            finished = not await self._is_unfinished(except_for=broken)
            if finished:
                break
        return Rotated(self._keys.ids[0], continued, finished, resealed, tuple(broken))

    async def retire(self, ids: Sequence[str]) -> RetireOutcome:
        """Take keys out of the file, once no value needs them. Raises KeyFileError."""
        usage = await self.usage()
        known = {each.id: each for each in usage.keys}
        for name in ids:
            if name not in known:
                return UnknownKey(name)
            if known[name].seals:
                return StillSeals(name)
            if known[name].values:
                return StillNamed(name, known[name].values)
        waited = (self._now() - self._file.changed_at()) // 1000
        if waited < RETIRE_AFTER_SECONDS:
            return TooSoon(RETIRE_AFTER_SECONDS - max(0, waited))
        self._file.remove(set(ids))
        return Retired(tuple(ids))

    async def _count(self, where: SealedColumn, ids: tuple[str, ...]) -> dict[str, int]:
        return await self._store.read(lambda c: rows.count_by_key(c, where, ids))

    async def _is_unfinished(self, except_for: Sequence[str] = ()) -> bool:
        """Whether a value is under another key than the first, beside those that are broken."""
        first = self._keys.ids[0]
        for where in SEALED:
            found = await self._next(where, first, None, len(except_for) + 1)
            if any(_name(where, each) not in except_for for each in found):
                return True
        return False

    async def _pass(self) -> tuple[int, list[str]]:
        """Go through every column once: how many were sealed again, and which do not open."""
        first = self._keys.ids[0]
        total = 0
        broken: list[str] = []
        for where in SEALED:
            done = 0
            after: tuple[Any, ...] | None = None
            while found := await self._next(where, first, after, CHUNK):
                changes = self._changes(where, found, broken)
                await self._replace(where, changes)
                after = found[-1].key
                done += len(changes)
                self._progress(str(where), done)
            total += done
        return total, broken

    async def _replace(self, where: SealedColumn, changes: list[tuple[SealedValue, bytes]]) -> None:
        await self._store.run("keys-reseal", lambda c: rows.replace_values(c, where, changes))

    async def _next(
        self, where: SealedColumn, first: str, after: tuple[Any, ...] | None, limit: int
    ) -> list[SealedValue]:
        return await self._store.read(
            lambda c: rows.under_other_keys(c, where, first, after, limit)
        )

    def _changes(
        self, where: SealedColumn, found: Sequence[SealedValue], broken: list[str]
    ) -> list[tuple[SealedValue, bytes]]:
        changes = []
        for each in found:
            place = where.place(*each.key)
            try:
                changes.append((each, self._keys.seal(self._keys.open(each.sealed, place), place)))
            except SealBroken:
                broken.append(_name(where, each))
        return changes


def _name(where: SealedColumn, value: SealedValue) -> str:
    return f"{where}:{':'.join(str(part) for part in value.key)}"
