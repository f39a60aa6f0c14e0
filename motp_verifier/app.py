"""The verifier's one composition root: settings and resources in, an application out."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from litestar import Litestar
from litestar.enums import ScopeType

from motp_protocol.messages import AppVersions, PinPolicy
from motp_verifier.config import Config, ConfigError
from motp_verifier.helpdesk_services import helpdesk_routers
from motp_verifier.http.body import MAX_BODY_BYTES
from motp_verifier.http.consents import consent_router
from motp_verifier.http.cross_origin import cross_origin_reading
from motp_verifier.http.enrolments import enrolment_router
from motp_verifier.http.fast_checks import FastChecks
from motp_verifier.http.headers import security_headers
from motp_verifier.http.kiosks import kiosk_router
from motp_verifier.http.metrics import metrics_router
from motp_verifier.http.name_proofs import name_proof_router
from motp_verifier.http.openapi import openapi_config
from motp_verifier.http.own_records import own_records_router
from motp_verifier.http.problems import exception_handlers
from motp_verifier.http.registrations import registration_router
from motp_verifier.http.router import Router
from motp_verifier.http.service import ServiceDescription, health_router, service_router
from motp_verifier.http.signing import SignatureCheck
from motp_verifier.metrics_token import read_metrics_token
from motp_verifier.popup_services import popup_routers
from motp_verifier.providers import HoldsConnections, open_identity, open_sender
from motp_verifier.runtime import Runtime
from motp_verifier.services.app_versions import SupportedApps
from motp_verifier.services.audit.sealer import Sealer
from motp_verifier.services.background import Background
from motp_verifier.services.consent_renewal import ConsentRenewals
from motp_verifier.services.consents import BadConsentDocument, Consents
from motp_verifier.services.device_keys import DeviceKeys
from motp_verifier.services.enrolment.confirm import Confirmations
from motp_verifier.services.enrolment.prove import IdentityProofs
from motp_verifier.services.enrolment.start import EnrolmentStart
from motp_verifier.services.identity.counted import CountedIdentity
from motp_verifier.services.identity.port import IdentityService
from motp_verifier.services.kiosks.enrolling import KioskEnrolling
from motp_verifier.services.kiosks.exiting import KioskExits
from motp_verifier.services.kiosks.serving import KioskServing
from motp_verifier.services.kiosks.settings import signed_config
from motp_verifier.services.messages.counted import CountedSender
from motp_verifier.services.messages.port import MessageSender
from motp_verifier.services.name_policy import NamePolicy
from motp_verifier.services.name_proofs import NameProofs
from motp_verifier.services.notices import NoticeDelivery
from motp_verifier.services.own_records import OwnHistory
from motp_verifier.services.readiness import Readiness
from motp_verifier.services.registrations import Registrations
from motp_verifier.services.requirements import Requirements
from motp_verifier.services.retention.purge import Purge
from motp_verifier.services.search_filling import SearchFilling
from motp_verifier.services.send_limits import SendQuota
from motp_verifier.services.signing_keys import SigningKeys
from motp_verifier.services.staff.passwords import Passwords
from motp_verifier.services.status import StatusBuilder
from motp_verifier.site_services import site_services


class VerifierApp(Litestar):
    """The framework's application, with a short way for the usual check of a code."""

    def __init__(self, fast_checks: FastChecks, **settings: Any) -> None:
        super().__init__(**settings)
        self._fast_checks = fast_checks

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Answer a request: see ASGI."""
        if scope["type"] == ScopeType.HTTP:
            scope.setdefault("state", {})
            receive = await self._fast_checks.answer(scope, receive, send)
            if receive is None:
                return
        await super().__call__(scope, receive, send)


def create_app(
    config: Config,
    runtime: Runtime,
    sender: MessageSender | None = None,
    *,
    names: NamePolicy | None = None,
    readiness: Readiness | None = None,
    passwords: Passwords | None = None,
    render_metrics: Callable[[], bytes] = bytes,
) -> Litestar:
    """The application over open resources, which it closes when it shuts down.

    `sender` stands in for the configured way of sending messages, `names` for what policies
    demand of names; `readiness` is kept by who may begin a shutdown; `passwords` is how those
    of staff are kept; `render_metrics` gives the numbers of `runtime.metrics`.
    Raises ConfigError.
    """
    documents = load_consents(config)
    leaving = open_sender(config, runtime.now) if sender is None else sender
    outgoing = CountedSender(leaving, config.messages, runtime.metrics)
    site = site_services(config, runtime, names)
    asked = open_identity(config, runtime.keys, leaving)
    identity = None if asked is None else CountedIdentity(asked, runtime.metrics)
    background = Background(
        runtime.store,
        NoticeDelivery(runtime.store, runtime.keys, outgoing, runtime.now),
        runtime.now,
        runtime.metrics,
        Sealer(runtime.store, runtime.keys, site.signing_keys, config.origin(), runtime.now),
        purge=Purge(runtime.store, config.retention(), runtime.now),
        filling=SearchFilling(runtime.store, runtime.keys, runtime.now),
    )
    signatures = SignatureCheck(
        config.authority(), DeviceKeys(runtime.store), runtime.now, config.addresses()
    )
    ready = Readiness(runtime.store, runtime.keys) if readiness is None else readiness

    async def metrics_page() -> bytes:
        return render_metrics()

    @asynccontextmanager
    async def lifespan(_app: Litestar) -> AsyncIterator[None]:
        async with site.watching.running(), background.running():
            yield
            ready.drain()
        providers: tuple[object, ...] = (leaving, asked)
        for provider in providers:
            if isinstance(provider, HoldsConnections):
                await provider.aclose()
        runtime.close()

    return VerifierApp(
        site.fast_checks,
        route_handlers=[
            health_router(ready),
            metrics_router(
                metrics_page, token=read_metrics_token(config), own_port=config.metrics_port
            ),
            *_device_routes(
                config,
                runtime,
                documents,
                outgoing,
                background,
                signatures=signatures,
                identity=identity,
                names=site.names,
                requirements=site.requirements,
            ),
            _kiosk_routes(config, runtime, signatures, site.signing_keys),
            *site.routers,
            *popup_routers(
                config,
                runtime,
                site,
                signatures=signatures,
                sender=outgoing,
                identity=identity,
                is_draining=lambda: ready.is_draining,
            ),
            *helpdesk_routers(
                config,
                runtime,
                documents,
                lambda: ready.is_draining,
                passwords=passwords or Passwords(),
            ),
        ],
        before_send=[
            security_headers(https=config.origin().startswith("https:")),
            site.page_forms,
            *([cross_origin_reading(config.allowed_origins)] if config.allowed_origins else []),
        ],
        exception_handlers=exception_handlers(runtime.metrics),
        lifespan=[lifespan],
        openapi_config=openapi_config(),
        request_max_body_size=MAX_BODY_BYTES,
        logging_config=None,
    )


def _kiosk_routes(
    config: Config, runtime: Runtime, signatures: SignatureCheck, signing_keys: SigningKeys
) -> Router:
    store, issuer, now = runtime.store, config.origin(), runtime.now
    return kiosk_router(
        signatures,
        KioskEnrolling(store, runtime.keys, issuer, now),
        KioskServing(store, issuer, now),
        KioskExits(store, now),
        lambda told: signed_config(told, signing_keys),
    )


def load_consents(config: Config) -> Consents:
    """The configured consent documents. Raises ConfigError."""
    try:
        return Consents(config.consent_folder(), config.consent_in_force())
    except BadConsentDocument as error:
        raise ConfigError(f"consent_version: {error}") from error


def _device_routes(
    config: Config,
    runtime: Runtime,
    documents: Consents,
    sender: MessageSender,
    background: Background,
    *,
    signatures: SignatureCheck,
    identity: IdentityService | None,
    names: NamePolicy,
    requirements: Requirements,
) -> list[Router]:
    store, keys, now = runtime.store, runtime.keys, runtime.now
    policy = config.policy()
    apps = SupportedApps(oldest=config.app_oldest, newest=config.app_newest)
    status = StatusBuilder(keys, documents, policy, names, apps)
    quota = SendQuota(keys, config.limits())
    description = ServiceDescription(
        name=config.name,
        otp=policy.otp(),
        pin=PinPolicy(min=config.pin_min, max=config.pin_max),
        app=AppVersions(newest=config.app_newest, oldest=config.app_oldest),
    )
    return [
        service_router(description, documents, now),
        enrolment_router(
            signatures,
            EnrolmentStart(store, keys, documents, sender, quota=quota, now=now, apps=apps),
            IdentityProofs(store, keys, policy, now),
            Confirmations(store, keys, status, now, background.wake, metrics=runtime.metrics),
        ),
        registration_router(
            signatures,
            Registrations(store, keys, status, now, runtime.metrics, apps=apps),
            now,
        ),
        name_proof_router(
            signatures,
            NameProofs(store, keys, identity, status, quota=quota, now=now),
        ),
        consent_router(signatures, ConsentRenewals(store, documents, status, now)),
        own_records_router(signatures, OwnHistory(store), requirements),
    ]
