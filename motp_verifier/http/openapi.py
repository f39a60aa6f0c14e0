"""The OpenAPI document (3.1): what it says beside what the routes say of themselves."""

import re
from typing import Any

from litestar import Request
from litestar.handlers import HTTPRouteHandler
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.openapi.spec import Components, SecurityScheme
from litestar.types import Method

_DESCRIPTION = """\
Devices sign their requests (RFC 9421, Ed25519), training sites send their API key.
Everything that is refused is `application/problem+json` (RFC 9457) with a `type` of
`urn:motp:problem:<slug>`; the slugs that an operation may answer stand at its responses. The
agency's forms are answered by 200 and a `code`: who may send them an institution lists.
Unknown members of a request are ignored. `OPTIONS` tells with 204 which methods a path has."""

_SIGNED = "RFC 9421, label `motp`, by the device's Ed25519 key, over `@method`, `@authority`, "
_SCHEMES = {
    "signature": SecurityScheme(
        type="apiKey",
        name="Signature",
        security_scheme_in="header",
        description=f"{_SIGNED}`@path`, `@query` and `content-digest`: `motp=:<base64>:`.",
    ),
    "signatureInput": SecurityScheme(
        type="apiKey",
        name="Signature-Input",
        security_scheme_in="header",
        description="The covered components, then `created`, `nonce`, `keyid` and `alg`.",
    ),
    "contentDigest": SecurityScheme(
        type="apiKey",
        name="Content-Digest",
        security_scheme_in="header",
        description="RFC 9530, `sha-256` of the body, of an empty one too.",
    ),
    "apiKey": SecurityScheme(
        type="http", scheme="bearer", description="An institution's API key (RFC 6750)."
    ),
    "staffSession": SecurityScheme(
        type="http", scheme="bearer", description="The token of a session of the helpdesk's staff."
    ),
    "metricsToken": SecurityScheme(
        type="http", scheme="bearer", description="The operator's token; see docs/verifier.md."
    ),
}
_DEVICE: list[dict[str, list[str]]] = [{"signature": [], "signatureInput": [], "contentDigest": []}]
SECURITY_OF_TAG: dict[str, list[dict[str, list[str]]]] = {
    "approval": _DEVICE,
    "enrolment": _DEVICE,
    "kiosk": _DEVICE,
    "registration": _DEVICE,
    "site": [{"apiKey": []}],
    "helpdesk": [{"staffSession": []}],
    "helpdesk-sign-in": [{}],  # what is shown stands in the body
    "metrics": [{}, {"metricsToken": []}],
}
"""Who must show what, by an operation's tag. Other operations are open to all."""


def openapi_config() -> OpenAPIConfig:
    """What the framework needs to write the document at `/schema`."""
    return OpenAPIConfig(
        title="mOTP verifier",
        version="1",
        description=_DESCRIPTION,
        path="/schema",
        components=Components(security_schemes=dict(_SCHEMES)),
        operation_id_creator=_operation_id,
        use_handler_docstrings=True,
        render_plugins=[_Document(path=["/", "/openapi.json"])],
    )


class _Document(JsonRenderPlugin):
    """The document with the security of each operation, and patterns that JSON Schema knows.

    It is the same for as long as the application runs, and written once.
    """

    _written: bytes = b""

    def render(self, request: Request[Any, Any, Any], openapi_schema: dict[str, Any]) -> bytes:
        """The bytes of the document."""
        if not self._written:
            for operations in openapi_schema["paths"].values():
                for operation in operations.values():
                    for tag in operation.get("tags", []):
                        if tag in SECURITY_OF_TAG:
                            operation["security"] = SECURITY_OF_TAG[tag]
            _translate_patterns(openapi_schema)
            self._written = super().render(request, openapi_schema)
        return self._written


def _translate_patterns(part: Any) -> None:
    """From Python's regular expressions to those of ECMA-262, whose `$` is an end and no more."""
    if isinstance(part, list):
        for each in part:
            _translate_patterns(each)
    elif isinstance(part, dict):
        for name, value in part.items():
            if name == "pattern" and isinstance(value, str):
                part[name] = value.replace(r"\A", "^").replace(r"\Z", "$")
            else:
                _translate_patterns(value)


def _operation_id(_handler: HTTPRouteHandler, method: Method, path: Any) -> str:
    """From method and path, which are promised: `postEnrolmentsIdentityResend`."""
    words = [word for part in path if isinstance(part, str) for word in re.split(r"\W+", part)]
    return str(getattr(method, "value", method)).lower() + "".join(
        word.title() for word in words if word not in {"", "v1"}
    )
