"""What schemathesis needs to get past the doors: keys that are really known, in every state.

Loaded by `SCHEMATHESIS_HOOKS`. `MOTP_FUZZ_WORLD` names a file with what `tests.fuzz.world`
prepared. A request is signed over the very bytes that leave; a request from which a check
took the signature stays unsigned.
"""

import json
import os
import secrets
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import requests
import schemathesis
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from schemathesis.core.parameters import ParameterLocation

from motp_protocol.encoding import b64url_decode, b64url_encode
from motp_protocol.signature import RequestParts, sign_request

WORLD = json.loads(Path(os.environ["MOTP_FUZZ_WORLD"]).read_text("utf-8"))
TO_SIGN = "to be signed"
_KEYS = {
    name: Ed25519PrivateKey.from_private_bytes(b64url_decode(raw))
    for name, raw in WORLD["keys"].items()
}
"""Signing keys by the id of the registration or enrolment that they own."""

_FRESH: dict[str, Ed25519PrivateKey] = {}
"""Keys made for enrolments that begin, by their public half."""

_IDS = list(_KEYS)


class _Signing(requests.auth.AuthBase):
    """Signs a request that is ready to leave."""

    def __init__(self, key: Ed25519PrivateKey) -> None:
        self._key = key

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        parts = urlsplit(request.url or "")
        body = request.body or b""
        signed = sign_request(
            self._key,
            RequestParts(
                method=request.method or "",
                authority=WORLD["authority"],
                path=parts.path,
                query=parts.query,
                body=body.encode() if isinstance(body, str) else body,
            ),
            created=int(time.time()),
            nonce=secrets.token_bytes(16),
        )
        request.headers.update(signed)
        return request


@schemathesis.auth().apply_to(path_regex=r"^/v1/(enrolments|registrations)")
class DeviceAuth:
    """Marks what is to be signed: only the bytes on the wire can be."""

    def get(self, _case: Any, _context: Any) -> str:
        return TO_SIGN

    def set(self, case: Any, data: str, _context: Any) -> None:
        if _is_wrong(case, ParameterLocation.HEADER):
            return
        for name in ("Signature", "Signature-Input", "Content-Digest"):
            case.headers[name] = data


@schemathesis.auth().apply_to(path_regex=r"^/v1/(verifications|requirements)")
class SiteAuth:
    """The API key of an institution that is there."""

    def get(self, _case: Any, _context: Any) -> str:
        return str(WORLD["api_key"])

    def set(self, case: Any, data: str, _context: Any) -> None:
        if _is_wrong(case, ParameterLocation.HEADER):
            return
        case.headers["Authorization"] = f"Bearer {data}"


@schemathesis.hook
def before_call(context: Any, case: Any, kwargs: dict[str, Any]) -> None:
    """Put in what only a real device or site would know, then sign what is marked.

    What was made wrong on purpose stays wrong.
    """
    if not _is_wrong(case, ParameterLocation.PATH):
        _use_known_ids(case.path_parameters or {})
    if isinstance(case.body, dict) and not _is_wrong(case, ParameterLocation.BODY):
        _use_known_values(case.body)
    if (case.headers or {}).get("Signature") != TO_SIGN:
        return
    kwargs["auth"] = _Signing(_key_for(case))


def _is_wrong(case: Any, where: ParameterLocation) -> bool:
    return case.meta is not None and bool(case.meta.is_negative_at(where))


def _use_known_ids(path_parameters: dict[str, Any]) -> None:
    """Mostly ids that are there, each in a state of its own."""
    for name in ("registration_id", "enrolment_id"):
        if name in path_parameters and (dice := _dice(path_parameters)) % 8:
            path_parameters[name] = _IDS[dice % len(_IDS)]


def _use_known_values(body: dict[str, Any]) -> None:
    """A key that signs, a consent that is in force, a trainee who is there: mostly."""
    dice = _dice(body)
    if isinstance(body.get("device"), dict) and dice % 4:
        key = Ed25519PrivateKey.generate()
        public = b64url_encode(key.public_key().public_bytes_raw())
        _FRESH[public] = key
        body["device"]["public_key"] = public
        if isinstance(body.get("consent"), dict) and dice % 3:
            body["consent"] |= WORLD["consent"]
            body["phone"] = WORLD["phone"]
    if isinstance(body.get("trainee"), dict) and dice % 3:
        body["trainee"] = dict(WORLD["trainee"])


def _key_for(case: Any) -> Ed25519PrivateKey:
    body = case.body if isinstance(case.body, dict) else {}
    device = body.get("device")
    public = device.get("public_key") if isinstance(device, dict) else None
    if isinstance(public, str) and public in _FRESH:
        return _FRESH[public]
    for name in ("registration_id", "enrolment_id"):
        owner = (case.path_parameters or {}).get(name)
        if owner in _KEYS:
            return _KEYS[owner]
    return _KEYS[_IDS[0]]


def _dice(value: Any) -> int:
    """A number that follows from the value, so that a seed repeats the run."""
    text = json.dumps(value, sort_keys=True, default=str)
    return sum(text.encode("utf-8", "replace")) & 0xFFFF
