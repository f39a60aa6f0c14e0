"""Signed requests: published examples, and that nothing in a request can be changed."""

import base64
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_der_public_key
from hypothesis import given
from hypothesis import strategies as st

from motp_protocol import signature
from motp_protocol.signature import PresentedSignature, RequestParts

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = KEY.public_key().public_bytes_raw()
NONCE = bytes(range(16))
CREATED = 1_800_000_000
PARTS = RequestParts("POST", "verifier.example:8443", "/v1/x/unlock", "limit=20", b'{"a":1}')

# RFC 9421 §B.1.4 (the key) and §B.2.6 (the example).
RFC9421_KEY = "MCowBQYDK2VwAyEAJrQLj5P/89iXES9+vFgrIy29clF9CC/oPPsw3c5D0bs="
RFC9421_COMPONENTS = [
    ("date", "Tue, 20 Apr 2021 02:07:55 GMT"),
    ("@method", "POST"),
    ("@path", "/foo"),
    ("@authority", "example.com"),
    ("content-type", "application/json"),
    ("content-length", "18"),
]
RFC9421_PARAMS = (
    '("date" "@method" "@path" "@authority" "content-type" "content-length")'
    ';created=1618884473;keyid="test-key-ed25519"'
)
RFC9421_SIGNATURE = (
    "wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw=="
)

printable = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E), max_size=40)
requests = st.builds(
    RequestParts,
    method=st.sampled_from(["GET", "POST", "DELETE"]),
    authority=printable,
    path=printable,
    query=printable,
    body=st.binary(max_size=200),
)
keys = st.binary(min_size=32, max_size=32).map(Ed25519PrivateKey.from_private_bytes)


def another(character: str) -> st.SearchStrategy[str]:
    return st.characters(max_codepoint=0x2FF).filter(lambda c: c != character)


def lower(headers: dict[str, str]) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}


def signed(parts: RequestParts = PARTS) -> dict[str, str]:
    return lower(signature.sign_request(KEY, parts, created=CREATED, nonce=NONCE))


def presented(headers: dict[str, str]) -> PresentedSignature:
    found = signature.read_signature(headers)
    assert found is not None
    return found


def accepts(headers: dict[str, str], parts: RequestParts = PARTS, key: bytes = PUBLIC) -> bool:
    found = signature.read_signature(headers)
    digest = headers.get("content-digest", "")
    return found is not None and signature.verify_request(found, key, parts, digest)


def test_the_published_example_of_rfc_9421_verifies_over_our_signature_base() -> None:
    key = load_der_public_key(base64.b64decode(RFC9421_KEY))
    assert isinstance(key, Ed25519PublicKey)
    base = signature.signature_base(RFC9421_COMPONENTS, RFC9421_PARAMS)
    key.verify(base64.b64decode(RFC9421_SIGNATURE), base)


def test_the_signature_base_is_the_text_printed_in_rfc_9421() -> None:
    lines = signature.signature_base(RFC9421_COMPONENTS, RFC9421_PARAMS).decode().split("\n")
    assert lines[0] == '"date": Tue, 20 Apr 2021 02:07:55 GMT'
    assert lines[-1] == f'"@signature-params": {RFC9421_PARAMS}'
    assert len(lines) == 7


@pytest.mark.parametrize(
    ("body", "digest"),
    [
        # RFC 9530 §B.1: the object followed by a line feed.
        (b'{"hello": "world"}\n', "RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg="),
        # RFC 9421 §1.4 has this object without one; the value is its sha-256.
        (b'{"hello": "world"}', "X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE="),
        # FIPS 180-4: SHA-256 of the empty string.
        (b"", "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="),
    ],
)
def test_content_digests_are_the_published_ones(body: bytes, digest: str) -> None:
    assert signature.content_digest(body) == f"sha-256=:{digest}:"


@given(keys, requests, st.integers(0, 10**12 - 1), st.binary(min_size=16, max_size=16))
def test_what_is_signed_is_read_and_verified(
    key: Ed25519PrivateKey, parts: RequestParts, created: int, nonce: bytes
) -> None:
    headers = lower(signature.sign_request(key, parts, created=created, nonce=nonce))
    found = presented(headers)
    public = key.public_key().public_bytes_raw()
    assert found.created == created
    assert found.keyid == signature.key_id(public)
    assert signature.verify_request(found, public, parts, headers["content-digest"])


@pytest.mark.parametrize("member", ["method", "authority", "path", "query", "body"])
@given(data=st.data())
def test_one_altered_character_in_any_signed_part_breaks_it(
    member: str, data: st.DataObject
) -> None:
    original = getattr(PARTS, member)
    position = data.draw(st.integers(0, len(original) - 1))
    if isinstance(original, bytes):
        flip = data.draw(st.integers(1, 255))
        altered: str | bytes = bytes(
            b ^ flip if i == position else b for i, b in enumerate(original)
        )
    else:
        other = data.draw(another(original[position]))
        altered = original[:position] + other + original[position + 1 :]
    changed = replace(PARTS, **{member: altered})  # type: ignore[arg-type]
    assert not accepts(signed(), changed)


@pytest.mark.parametrize("field", ["signature-input", "signature", "content-digest"])
@given(data=st.data())
def test_one_altered_character_in_any_signature_field_breaks_it(
    field: str, data: st.DataObject
) -> None:
    headers = signed()
    text = headers[field]
    position = data.draw(st.integers(0, len(text) - 1))
    other = data.draw(another(text[position]))
    headers[field] = text[:position] + other + text[position + 1 :]
    assert not accepts(headers)


def test_every_bit_of_the_signature_counts() -> None:
    found = presented(signed())
    digest = signature.content_digest(PARTS.body)
    for position in range(64 * 8):
        altered = bytearray(found.signature)
        altered[position // 8] ^= 1 << (position % 8)
        assert not signature.verify_request(
            replace(found, signature=bytes(altered)), PUBLIC, PARTS, digest
        )


def test_another_spelling_of_the_same_signature_is_refused() -> None:
    headers = signed()
    last = headers["signature"][-4]
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    sibling = alphabet[alphabet.index(last) + 1]
    headers["signature"] = headers["signature"][:-4] + sibling + "==:"
    assert signature.read_signature(headers) is None


def test_another_spelling_of_the_same_nonce_is_refused() -> None:
    headers = signed()
    assert 'nonce="AAECAwQFBgcICQoLDA0ODw"' in headers["signature-input"]
    headers["signature-input"] = headers["signature-input"].replace("ODw", "ODx")
    assert signature.read_signature(headers) is None


def test_digits_of_other_scripts_are_not_a_time() -> None:
    headers = signed()
    headers["signature-input"] = headers["signature-input"].replace("1800000000", "١800000000")
    assert signature.read_signature(headers) is None


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"@method" "@authority"', '"@authority" "@method"'),
        (' "content-digest"', ""),
        ('"@path"', '"@path";req'),
        (';alg="ed25519"', ""),
        (';alg="ed25519"', ';alg="hmac-sha256"'),
        (';alg="ed25519"', ';alg="ed25519";tag="x"'),
        (";created=", ";expires=9;created="),
        ("created=", "created=-"),
        ("created=", "created= "),
        ("motp=", "motp= "),
        ("motp=", "MOTP="),
        ("motp=", "kiosk="),
    ],
)
def test_any_other_profile_is_refused(old: str, new: str) -> None:
    headers = signed()
    assert old in headers["signature-input"]
    headers["signature-input"] = headers["signature-input"].replace(old, new, 1)
    assert signature.read_signature(headers) is None


def test_a_label_twice_is_refused() -> None:
    headers = signed()
    for field in ("signature-input", "signature"):
        doubled = headers | {field: f"{headers[field]}, {headers[field]}"}
        assert signature.read_signature(doubled) is None


def test_each_of_two_labels_is_read_by_its_own_name() -> None:
    kiosk = Ed25519PrivateKey.from_private_bytes(bytes(32))
    first = signed()
    second = lower(
        signature.sign_request(
            kiosk, PARTS, created=CREATED, nonce=bytes(16), label=signature.KIOSK_LABEL
        )
    )
    both = {name: f"{first[name]}, {second[name]}" for name in ("signature-input", "signature")}
    device = signature.read_signature(both)
    countersignature = signature.read_signature(both, signature.KIOSK_LABEL)
    assert device == presented(first)
    assert countersignature is not None
    public = kiosk.public_key().public_bytes_raw()
    assert signature.verify_request(countersignature, public, PARTS, first["content-digest"])
    assert not signature.verify_request(countersignature, PUBLIC, PARTS, first["content-digest"])


def test_another_key_does_not_verify_even_under_its_own_name() -> None:
    other = Ed25519PrivateKey.generate().public_key().public_bytes_raw()
    headers = signed()
    found = replace(presented(headers), keyid=signature.key_id(other))
    assert not signature.verify_request(found, other, PARTS, headers["content-digest"])


@pytest.mark.parametrize("key", [b"", bytes(31), b"\xff" * 32])
def test_bytes_that_are_no_key_verify_nothing(key: bytes) -> None:
    headers = signed()
    found = replace(presented(headers), keyid=signature.key_id(key))
    assert not signature.verify_request(found, key, PARTS, headers["content-digest"])


@pytest.mark.parametrize("digest", ["", "\ud800", "sha-512=:AAAA:", "sha-256=:é:"])
def test_a_digest_that_is_not_the_bodys_is_refused_without_an_error(digest: str) -> None:
    assert not signature.verify_request(presented(signed()), PUBLIC, PARTS, digest)


@pytest.mark.parametrize("character", ["\n", "\r", "\t", "\x00", "\x7f", "é", "가", "\ud800"])
@pytest.mark.parametrize("member", ["method", "authority", "path", "query"])
def test_no_component_can_hold_a_character_that_makes_two_readings(
    member: str, character: str
) -> None:
    parts = replace(PARTS, **{member: f"a{character}b"})  # type: ignore[arg-type]
    with pytest.raises(ValueError):
        signature.sign_request(KEY, parts, created=CREATED, nonce=NONCE)
    assert not accepts(signed(), parts)


def test_a_line_break_in_a_path_cannot_stand_for_another_request() -> None:
    one = [("@path", '/a\n"@query": ?b'), ("@query", "?c")]
    other = [("@path", "/a"), ("@query", '?b\n"@query": ?c')]
    for components in (one, other):
        with pytest.raises(ValueError):
            signature.signature_base(components, "()")


fields = st.text(max_size=300) | st.lists(
    st.sampled_from(
        [*signed()["signature-input"].split('"'), *signed()["signature"].split(":"), ",", " ", '"']
    )
).map("".join)


@given(fields, fields, st.text(max_size=8))
def test_reading_arbitrary_fields_never_raises(inputs: str, signatures: str, label: str) -> None:
    headers = {"signature-input": inputs, "signature": signatures}
    found = signature.read_signature(headers, label)
    assert found is None or len(found.signature) == 64


def test_a_request_without_a_signature_presents_none() -> None:
    assert signature.read_signature({}) is None
    assert signature.read_signature({"signature-input": signed()["signature-input"]}) is None


def test_a_long_field_is_read_in_linear_time() -> None:
    field = ", ".join([signed()["signature"]] * 1 + ["a=b" * 20_000])
    assert signature.read_signature({"signature-input": field, "signature": field}) is None


def test_a_body_is_not_shown_by_its_request() -> None:
    assert "secret" not in repr(replace(PARTS, body=b"secret"))
