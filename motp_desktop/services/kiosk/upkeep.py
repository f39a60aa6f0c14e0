"""What the kiosk is now: by what is on disk, and by what the verifier says."""

import logging
from collections.abc import Callable

import msgspec

from motp_desktop.services.kiosk.api import KioskApi, KioskApis
from motp_desktop.services.kiosk.identity import OpenKiosk
from motp_desktop.services.kiosk.keeper import KioskKeeper
from motp_desktop.services.kiosk.outcomes import KioskEnded, KioskLocked, KioskNow, KioskReady
from motp_desktop.services.kiosk.signed_config import UnknownSigner, read_config
from motp_desktop.services.outcomes import StorageTrouble
from motp_desktop.services.ports import (
    Answer,
    Clock,
    DeviceDescription,
    NoAnswer,
    Ok,
    Refused,
    StorageError,
)
from motp_protocol.encoding import format_time
from motp_protocol.kiosks import KioskConfig, KioskReport, KioskReported
from motp_protocol.problems import TYPE_PREFIX, ProblemType

_log = logging.getLogger(__name__)


class Upkeep:
    """Implements `use_cases.Kiosk.look` and `refresh`."""

    def __init__(
        self,
        *,
        keeper: KioskKeeper,
        apis: KioskApis,
        clock: Clock,
        device: DeviceDescription,
        users_today: Callable[[OpenKiosk], int],
    ) -> None:
        self._keeper = keeper
        self._apis = apis
        self._clock = clock
        self._device = device
        self._users_today = users_today
        self._online = True

    def look(self) -> KioskNow:
        """What is on disk; the verifier counts as there until it once was not."""
        kiosk = self._keeper.load()
        return self._now(kiosk) if isinstance(kiosk, OpenKiosk) else kiosk

    def refresh(self) -> KioskNow:
        """See `use_cases.Kiosk`. What the verifier refuses changes nothing, but for the end."""
        kiosk = self._keeper.load()
        if not isinstance(kiosk, OpenKiosk):
            return kiosk
        try:
            return self._now(self._refreshed(kiosk))
        except StorageError as error:
            return StorageTrouble(error.fault)

    def _now(self, kiosk: OpenKiosk) -> KioskNow:
        claims = kiosk.identity.claims
        if kiosk.identity.has_ended:
            return KioskEnded()
        if claims.state == "locked":
            return KioskLocked(claims)
        return KioskReady(claims, self._online)

    def _refreshed(self, kiosk: OpenKiosk) -> OpenKiosk:
        api = self._apis(kiosk.identity.verifier_origin)
        claims = kiosk.identity.claims
        answer = api.report(kiosk.key, kiosk.identity.kiosk_id, self._report(kiosk))
        self._online = not isinstance(answer, NoAnswer)
        match answer:
            case Ok(KioskReported(state="revoked")):
                return self._ended(kiosk)
            case Ok(reported):
                kiosk = self._alive(kiosk)
                if reported.config_version > claims.version or reported.state != claims.state:
                    return self._configured(api, kiosk)
                return kiosk
            case Refused(problem) if problem.known_type is ProblemType.BAD_SIGNATURE:
                return self._ended(kiosk)
            case Refused(problem):
                _log.warning("report refused: %s", problem.type.removeprefix(TYPE_PREFIX)[:64])
        return kiosk

    def _report(self, kiosk: OpenKiosk) -> KioskReport:
        return KioskReport(
            clock=format_time(self._clock.now_ms()),
            platform=self._device.platform,
            app_version=self._device.app_version,
            config_version=kiosk.identity.claims.version,
            users_today=self._users_today(kiosk),
        )

    def _configured(self, api: KioskApi, kiosk: OpenKiosk) -> OpenKiosk:
        answer: Answer[KioskConfig] = api.config(kiosk.key, kiosk.identity.kiosk_id)
        match answer:
            case Ok(config):
                return self._take(api, kiosk, config.config)
            case Refused(problem):
                _log.warning("no configuration: %s", problem.type.removeprefix(TYPE_PREFIX)[:64])
            case NoAnswer():
                self._online = False
        return kiosk

    def _take(self, api: KioskApi, kiosk: OpenKiosk, token: str) -> OpenKiosk:
        """Keep a configuration that is good. An unknown signer's keys are asked for once."""
        try:
            return self._read(kiosk, token)
        except UnknownSigner:
            answer = api.published_keys()
        except ValueError as error:
            _log.warning("configuration not taken: %s", error)
            return kiosk
        if not isinstance(answer, Ok):
            return kiosk
        keys = msgspec.structs.replace(kiosk.identity, keys=dict(answer.value))
        try:
            return self._read(OpenKiosk(keys, kiosk.device_secret), token)
        except ValueError as error:
            _log.warning("configuration not taken: %s", error)
            return kiosk

    def _read(self, kiosk: OpenKiosk, token: str) -> OpenKiosk:
        identity = kiosk.identity
        claims = read_config(
            token,
            identity.keys,
            issuer=identity.verifier_origin,
            kiosk_id=identity.kiosk_id,
            least_version=identity.claims.version,
        )
        changed = msgspec.structs.replace(identity, claims=claims)
        return self._keeper.save(changed, kiosk.device_secret)

    def _ended(self, kiosk: OpenKiosk) -> OpenKiosk:
        return self._mark(kiosk, ended=True)

    def _alive(self, kiosk: OpenKiosk) -> OpenKiosk:
        """A verifier that was set up anew for a while knows the kiosk again."""
        return self._mark(kiosk, ended=False)

    def _mark(self, kiosk: OpenKiosk, *, ended: bool) -> OpenKiosk:
        if kiosk.identity.ended == ended:
            return kiosk
        changed = msgspec.structs.replace(kiosk.identity, ended=ended)
        return self._keeper.save(changed, kiosk.device_secret)
