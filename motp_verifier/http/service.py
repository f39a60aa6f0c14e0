"""What anyone may ask: the service's description, its consent documents, its health."""

from dataclasses import dataclass
from typing import assert_never

from litestar import get
from litestar.params import FromPath, FromQuery

from motp_protocol import PROTOCOL_VERSION
from motp_protocol.consent import ConsentDocument
from motp_protocol.encoding import format_time
from motp_protocol.messages import AppVersions, OtpInfo, PinPolicy, ServiceInfo
from motp_protocol.problems import ProblemType
from motp_verifier.http.problems import ProblemError, problem_specs
from motp_verifier.http.router import Router
from motp_verifier.services.consents import Consents
from motp_verifier.services.readiness import NotReady, Readiness, Ready
from motp_verifier.services.signed import Clock


@dataclass(frozen=True, slots=True)
class ServiceDescription:
    """The part of `GET /v1/service` that stays the same while the verifier runs."""

    name: str
    otp: OtpInfo
    pin: PinPolicy
    app: AppVersions


def service_router(description: ServiceDescription, documents: Consents, now: Clock) -> Router:
    """The routes of the service's description."""

    @get("/service", tags=["service"])
    async def service() -> ServiceInfo:
        """What this verifier asks of a device, and its time."""
        return ServiceInfo(
            protocol=PROTOCOL_VERSION,
            name=description.name,
            time=format_time(now()),
            otp=description.otp,
            pin=description.pin,
            consent=documents.current,
            app=description.app,
        )

    @get(
        "/consents/{version:str}",
        tags=["service"],
        responses=problem_specs(ProblemType.NOT_FOUND),
    )
    async def consent(version: FromPath[str], lang: FromQuery[str] = "ko") -> ConsentDocument:
        """A consent document: a version, in a language."""
        found = documents.find(version, lang)
        if found is None:
            raise ProblemError(ProblemType.NOT_FOUND)
        return found

    return Router("/v1", route_handlers=[service, consent])


def health_router(readiness: Readiness) -> Router:
    """The routes by which machines watch the verifier."""

    @get("/healthz", tags=["health"])
    async def healthz() -> dict[str, str]:
        """Whether the process answers."""
        return {"status": "ok"}

    @get("/readyz", tags=["health"], responses=problem_specs(ProblemType.UNAVAILABLE))
    async def readyz() -> dict[str, str]:
        """Whether requests can be served: the database answers, and no shutdown began."""
        match await readiness.check():
            case Ready():
                return {"status": "ready"}
            case NotReady(why):
                raise ProblemError(ProblemType.UNAVAILABLE, why, retry_after=1)
            case never:
                assert_never(never)

    return Router("/", route_handlers=[healthz, readyz])
