"""Wrong exit PINs while the verifier cannot be asked, counted on disk before comparing."""

from typing import Annotated

import msgspec
from msgspec import Meta

from motp_desktop.services.kiosk.exit_pin import ExitKeys
from motp_desktop.services.kiosk.identity import OpenKiosk, tries_seal
from motp_desktop.services.kiosk.outcomes import ExitPinLocked, ExitPinWrong, MayExit
from motp_desktop.services.kiosk.sealing import NONCE_SIZE
from motp_desktop.services.kiosk.storage import SmallFile
from motp_desktop.services.outcomes import StorageTrouble
from motp_desktop.services.ports import Entropy, StorageError
from motp_desktop.services.verifier_clock import VerifierClock

MOST_TRIES = 5
LOCK_SECONDS = 15 * 60
_LOCK_MS = LOCK_SECONDS * 1000


class _Tries(msgspec.Struct, frozen=True, kw_only=True):
    """How many in a row, and when the last was, in milliseconds since 1970."""

    wrong: Annotated[int, Meta(ge=0)] = 0
    at: int = 0


class ExitTries:
    """Five in a row lock the PIN for fifteen minutes. A file that is gone counts from nothing.

    Whoever can delete or copy back files of this user is past what the exit PIN keeps shut.
    """

    def __init__(self, file: SmallFile, verifier_clock: VerifierClock, entropy: Entropy) -> None:
        self._file = file
        self._verifier_clock = verifier_clock
        self._entropy = entropy

    def compare(
        self, kiosk: OpenKiosk, keys: ExitKeys
    ) -> MayExit | ExitPinWrong | ExitPinLocked | StorageTrouble:
        """Count a try, then look whether the PIN is right. What cannot be counted is not tried."""
        try:
            return self._compare(kiosk, keys)
        except StorageError as error:
            return StorageTrouble(error.fault)

    def _compare(self, kiosk: OpenKiosk, keys: ExitKeys) -> MayExit | ExitPinWrong | ExitPinLocked:
        now = self._verifier_clock.now_ms()
        tries = self._load(kiosk)
        if tries.wrong >= MOST_TRIES:
            if now < tries.at:
                # The clock was set back: the lock begins anew, so that it ends at all.
                tries = self._save(kiosk, tries.wrong, now)
            left = tries.at + _LOCK_MS - now
            if left > 0:
                return ExitPinLocked(-(-left // 1000))
            tries = _Tries()
        tries = self._save(kiosk, tries.wrong + 1, now)
        if keys.opens(kiosk.identity.exit_check):
            self._save(kiosk, 0, now)
            return MayExit()
        if tries.wrong >= MOST_TRIES:
            return ExitPinLocked(LOCK_SECONDS)
        return ExitPinWrong(MOST_TRIES - tries.wrong)

    def _load(self, kiosk: OpenKiosk) -> _Tries:
        stored = self._file.load()
        plain = None if stored is None else tries_seal(kiosk.device_secret).open(stored)
        try:
            return _Tries() if plain is None else msgspec.msgpack.decode(plain, type=_Tries)
        except msgspec.DecodeError:
            return _Tries()

    def _save(self, kiosk: OpenKiosk, wrong: int, at: int) -> _Tries:
        tries = _Tries(wrong=wrong, at=at)
        seal = tries_seal(kiosk.device_secret)
        self._file.save(seal.close(msgspec.msgpack.encode(tries), self._entropy(NONCE_SIZE)))
        return tries
