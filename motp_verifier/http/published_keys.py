"""The public keys of receipts, for whoever checks one."""

from collections.abc import Callable

import msgspec
from litestar import Response, get
from litestar.openapi.datastructures import ResponseSpec

from motp_protocol.problems import ProblemType
from motp_verifier.http.problems import ProblemError, problem_specs
from motp_verifier.http.router import Router

CONTENT_TYPE = "application/jwk-set+json"  # RFC 7517 §8.5.2


class Jwk(msgspec.Struct, frozen=True):
    """A public key (RFC 7517, RFC 8037), as the document at `/schema` tells it."""

    kty: str
    crv: str
    x: str
    kid: str
    use: str
    alg: str


class JwkSet(msgspec.Struct, frozen=True):
    """The keys that are published."""

    keys: list[Jwk]


def published_keys_router(published: Callable[[], bytes], *, cache_seconds: int) -> Router:
    """`GET /.well-known/jwks.json`. `published` is empty until keys were loaded."""

    @get(
        "/.well-known/jwks.json",
        tags=["service"],
        media_type=CONTENT_TYPE,
        responses={
            200: ResponseSpec(JwkSet, media_type=CONTENT_TYPE, generate_examples=False),
            **problem_specs(ProblemType.UNAVAILABLE),
        },
    )
    async def jwks() -> Response[bytes]:
        """The keys that signed receipts, sign them now or soon will: a JWK set."""
        keys = published()
        if not keys:
            raise ProblemError(ProblemType.UNAVAILABLE, retry_after=1)
        return Response(
            keys,
            media_type=CONTENT_TYPE,
            headers={"Cache-Control": f"public, max-age={cache_seconds}"},
        )

    return Router("/", route_handlers=[jwks])
