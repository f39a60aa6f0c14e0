"""Our signature profile against an independent implementation of RFC 9421.

The package `http-message-signatures` is used by these tests alone.
"""

import datetime as dt
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from http_message_signatures import (
    HTTPMessageSigner,
    HTTPMessageVerifier,
    InvalidSignature,
    MappingKeyResolver,
)
from http_message_signatures.algorithms import ED25519
from hypothesis import given
from hypothesis import strategies as st

from motp_protocol import signature
from motp_protocol.encoding import b64url_encode
from motp_protocol.signature import RequestParts

COVERED = ("@method", "@authority", "@path", "@query", "content-digest")
SEGMENT = st.text("abcXYZ019-_", min_size=1, max_size=12)
requests = st.builds(
    RequestParts,
    method=st.sampled_from(["GET", "POST", "DELETE"]),
    authority=st.sampled_from(["verifier.example", "127.0.0.1:8443", "motp.example.kr:444"]),
    path=st.lists(SEGMENT, min_size=1, max_size=4).map(lambda parts: "/" + "/".join(parts)),
    query=st.just("") | SEGMENT.map(lambda value: f"limit={value}"),
    body=st.binary(max_size=200),
)
keys = st.binary(min_size=32, max_size=32).map(Ed25519PrivateKey.from_private_bytes)
nonces = st.binary(min_size=16, max_size=16)


class Message:
    """The least that the other implementation takes for a request."""

    def __init__(self, parts: RequestParts, headers: dict[str, str]) -> None:
        query = f"?{parts.query}" if parts.query else ""
        self.method = parts.method
        self.url = f"https://{parts.authority}{parts.path}{query}"
        self.headers = headers


def in_our_order(params: str) -> str:
    members, created, keyid, alg, nonce = params.split(";")
    return ";".join((members, created, nonce, keyid, alg))


def resolver(key: Ed25519PrivateKey) -> MappingKeyResolver:
    name = signature.key_id(key.public_key().public_bytes_raw())
    return MappingKeyResolver(public_keys={name: key.public_key()}, private_keys={name: key})


def verify(key: Ed25519PrivateKey, message: Message, body: bytes) -> None:
    verifier = HTTPMessageVerifier(signature_algorithm=ED25519, key_resolver=resolver(key))
    verifier.verify(message, body=body, require_components=COVERED)


@given(keys, requests, nonces)
def test_what_we_sign_the_other_implementation_verifies(
    key: Ed25519PrivateKey, parts: RequestParts, nonce: bytes
) -> None:
    now = int(dt.datetime.now(dt.UTC).timestamp())
    headers = signature.sign_request(key, parts, created=now, nonce=nonce)
    verify(key, Message(parts, headers), parts.body)


def test_what_we_sign_the_other_implementation_refuses_for_another_path() -> None:
    key = Ed25519PrivateKey.from_private_bytes(bytes(32))
    parts = RequestParts("POST", "verifier.example", "/v1/a", body=b"{}")
    now = int(dt.datetime.now(dt.UTC).timestamp())
    headers = signature.sign_request(key, parts, created=now, nonce=bytes(16))
    elsewhere = RequestParts("POST", "verifier.example", "/v1/b", body=b"{}")
    with pytest.raises(InvalidSignature):
        verify(key, Message(elsewhere, headers), parts.body)


@given(keys, requests, nonces, st.integers(1, 2**31))
def test_what_the_other_implementation_signs_in_our_profile_we_verify(
    key: Ed25519PrivateKey, parts: RequestParts, nonce: bytes, created: int
) -> None:
    message = Message(parts, {"Content-Digest": signature.content_digest(parts.body)})
    public = key.public_key().public_bytes_raw()
    signer = HTTPMessageSigner(signature_algorithm=ED25519, key_resolver=None)
    prepared = signer.prepare(
        message,
        key_id=signature.key_id(public),
        created=dt.datetime.fromtimestamp(created, dt.UTC),
        nonce=b64url_encode(nonce),
        label=signature.DEVICE_LABEL,
        covered_component_ids=COVERED,
        use_existing_digest=True,
    )
    # It puts the nonce last, our profile after `created`. `apply` builds the base anew, in
    # its own code, and refuses ours if the two differ.
    params = in_our_order(prepared.signature_params)
    base = prepared.signature_base.replace(prepared.signature_params.encode(), params.encode())
    ordered = replace(prepared, signature_params=params, signature_base=base)
    signer.apply(message, ordered, key.sign(base))
    headers = {name.lower(): value for name, value in message.headers.items()}
    presented = signature.read_signature(headers)
    assert presented is not None
    assert presented.created == created
    assert signature.verify_request(presented, public, parts, headers["content-digest"])
