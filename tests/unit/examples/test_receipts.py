"""A site reads receipts: those of its verifier and its institution, and no others."""

import base64
import json
from collections.abc import Callable
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from examples.training_site.receipts import BadReceiptError, ReceiptReader

ISSUER, AUDIENCE = "https://otp.example.kr", "hanbit"
HEADER = {"alg": "EdDSA", "typ": "motp-receipt+jwt", "kid": "key-1"}
CLAIMS = {
    "iss": ISSUER,
    "aud": AUDIENCE,
    "sub": "hong",
    "jti": "ver_1",
    "iat": 1_795_000_000,
    "course": "safety",
    "class": "2026-1",
    "session": 1,
    "occasion": "lesson",
    "method": "code",
    "popup_id": None,
    "same_address": None,
}


class Publisher:
    """A verifier's published keys, and what it signs. `now` is in seconds."""

    def __init__(self) -> None:
        self.keys = {"key-1": Ed25519PrivateKey.generate()}
        self.asked = 0
        self.now = 0.0

    def published(self) -> list[dict[str, Any]]:
        self.asked += 1
        return [
            {"kty": "OKP", "crv": "Ed25519", "kid": kid, "x": b64(key.public_key())}
            for kid, key in self.keys.items()
        ]

    def signed(self, kid: str = "key-1", **changes: Any) -> str:
        return signed(self.keys[kid], HEADER | {"kid": kid}, CLAIMS | changes)


def b64(what: Any) -> str:
    data = what if isinstance(what, bytes) else what.public_bytes_raw()
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def signed(key: Ed25519PrivateKey, header: dict[str, Any], claims: dict[str, Any]) -> str:
    said = ".".join(b64(json.dumps(each).encode()) for each in (header, claims))
    return f"{said}.{b64(key.sign(said.encode()))}"


@pytest.fixture
def verifier() -> Publisher:
    return Publisher()


@pytest.fixture
def reader(verifier: Publisher) -> ReceiptReader:
    return ReceiptReader(ISSUER, AUDIENCE, verifier.published, lambda: verifier.now)


def test_a_receipt_says_who_for_what_and_how(verifier: Publisher, reader: ReceiptReader) -> None:
    receipt = reader.read(verifier.signed(popup_id="pop_1", method="same-pc"))
    assert (receipt.id, receipt.trainee, receipt.course, receipt.class_) == (
        "ver_1", "hong", "safety", "2026-1",
    )  # fmt: skip
    assert (receipt.session, receipt.occasion, receipt.method, receipt.popup_id) == (
        1, "lesson", "same-pc", "pop_1",
    )  # fmt: skip


def altered(verifier: Publisher) -> str:
    head, _, signature = verifier.signed().split(".")
    return f"{head}.{b64(json.dumps(CLAIMS | {'sub': 'kim'}).encode())}.{signature}"


def by_another_key(_: Publisher) -> str:
    return signed(Ed25519PrivateKey.generate(), HEADER, CLAIMS)


def with_header(**changes: Any) -> Callable[[Publisher], str]:
    return lambda verifier: signed(verifier.keys["key-1"], HEADER | changes, CLAIMS)


BAD: dict[str, Callable[[Publisher], str]] = {
    "altered": altered,
    "by another key": by_another_key,
    "of another institution": lambda verifier: verifier.signed(aud="other"),
    "of another verifier": lambda verifier: verifier.signed(iss="https://otp.example.com"),
    "of another type": with_header(typ="motp-head+jwt"),
    "of no type": with_header(typ=None),
    "of another algorithm": with_header(alg="HS256"),
    "without a signature": lambda verifier: verifier.signed().rpartition(".")[0] + ".",
    "with algorithm none": with_header(alg="none"),
    "with a demand": with_header(crit=["exp"]),
    "by an unknown key": with_header(kid="key-9"),
    "by no key": with_header(kid=None),
    "in two parts": lambda verifier: verifier.signed().rpartition(".")[0],
    "not base64url": lambda _: "é.é.é",
    "not JSON": lambda _: "AAAA.AAAA.AAAA",
    "no object": lambda _: f"{b64(b'[]')}.{b64(b'[]')}.AAAA",
    "nothing": lambda _: "",
}


@pytest.mark.parametrize("what", BAD)
def test_whatever_else_is_no_receipt(verifier: Publisher, reader: ReceiptReader, what: str) -> None:
    with pytest.raises(BadReceiptError):
        reader.read(BAD[what](verifier))


def test_a_new_key_is_met_by_one_more_look_at_the_published_ones(
    verifier: Publisher, reader: ReceiptReader
) -> None:
    reader.read(verifier.signed())
    verifier.keys["key-2"] = Ed25519PrivateKey.generate()
    verifier.now = 10
    assert reader.read(verifier.signed("key-2")).id == "ver_1"
    reader.read(verifier.signed())
    assert verifier.asked == 2


def test_invented_keys_do_not_make_it_ask_for_each(
    verifier: Publisher, reader: ReceiptReader
) -> None:
    for _ in range(5):
        with pytest.raises(BadReceiptError):
            reader.read(with_header(kid="key-9")(verifier))
    assert verifier.asked == 1


def test_keys_are_kept_no_longer_than_they_may_be(
    verifier: Publisher, reader: ReceiptReader
) -> None:
    reader.read(verifier.signed())
    verifier.now = 299
    reader.read(verifier.signed())
    assert verifier.asked == 1
    verifier.now = 300
    reader.read(verifier.signed())
    assert verifier.asked == 2
