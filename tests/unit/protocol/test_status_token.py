"""The signed status: read by others' tools, and refused wherever it is not right."""

import json

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st
from joserfc import jws
from joserfc.jwk import OKPKey

from motp_protocol.encoding import b64url_decode, b64url_encode
from motp_protocol.jwk import thumbprint
from motp_protocol.status_token import (
    LONGEST,
    StatusClaims,
    normalise_short_code,
    read_status,
    short_code,
    sign_status,
)

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = KEY.public_key().public_bytes_raw()
NOW = 1_800_000_000
CLAIMS = StatusClaims(
    sub="reg_1",
    iat=NOW,
    exp=NOW + 600,
    jti="jti_1",
    app_version="0.1.0",
    skew=-95,
    state="active",
)


def signed(header: object, claims: object, key: Ed25519PrivateKey = KEY) -> str:
    """A JWS of anything."""
    text = ".".join(b64url_encode(json.dumps(part).encode()) for part in (header, claims))
    return f"{text}.{b64url_encode(key.sign(text.encode()))}"


def parts_of(token: str) -> tuple[dict[str, object], dict[str, object]]:
    header, claims, _ = token.split(".")
    return json.loads(b64url_decode(header)), json.loads(b64url_decode(claims))


HEADER, MEMBERS = parts_of(sign_status(KEY, CLAIMS))


def test_a_token_is_read_as_it_was_signed() -> None:
    assert read_status(sign_status(KEY, CLAIMS), PUBLIC, now=NOW + 599) == CLAIMS
    assert len(sign_status(KEY, CLAIMS)) < LONGEST / 2


@pytest.mark.filterwarnings("ignore:EdDSA is deprecated")  # by a name that few libraries know yet
def test_another_library_verifies_it() -> None:
    jwk = OKPKey.import_key({"kty": "OKP", "crv": "Ed25519", "x": b64url_encode(PUBLIC)})
    verified = jws.deserialize_compact(sign_status(KEY, CLAIMS), jwk, algorithms=["EdDSA"])
    assert verified.protected["typ"] == "motp-status+jwt"
    assert json.loads(verified.payload)["skew"] == -95
    assert jwk.thumbprint() == thumbprint(PUBLIC)


@pytest.mark.parametrize("seconds", [600, 86_400, -301])
def test_a_token_is_good_for_ten_minutes(seconds: int) -> None:
    with pytest.raises(ValueError, match="not of this time"):
        read_status(sign_status(KEY, CLAIMS), PUBLIC, now=NOW + seconds)


@pytest.mark.parametrize(
    ("header", "members"),
    [
        (HEADER | {"alg": "none"}, MEMBERS),
        (HEADER | {"alg": "HS256"}, MEMBERS),
        (HEADER | {"typ": "motp-receipt+jwt"}, MEMBERS),
        (HEADER | {"crit": ["b64"], "b64": False}, MEMBERS),
        (HEADER | {"kid": "another"}, MEMBERS),
        (HEADER, MEMBERS | {"iss": "motp"}),
        (HEADER, MEMBERS | {"exp": NOW + 601}),
        (HEADER, MEMBERS | {"exp": NOW}),
        (HEADER, MEMBERS | {"sub": "../1"}),
        (HEADER, MEMBERS | {"state": "well"}),
        (HEADER, MEMBERS | {"iat": 1.5}),
        (HEADER, []),
        ({}, MEMBERS),
    ],
)
def test_what_is_not_in_the_one_profile_is_refused(header: object, members: object) -> None:
    with pytest.raises(ValueError, match=r".{5}"):
        read_status(signed(header, members), PUBLIC, now=NOW)


def test_a_token_signed_by_another_key_is_refused() -> None:
    other = Ed25519PrivateKey.generate()
    with pytest.raises(ValueError, match="of another device"):
        read_status(sign_status(other, CLAIMS), PUBLIC, now=NOW)
    with pytest.raises(ValueError, match="not signed by this device"):
        read_status(signed(HEADER, MEMBERS, other), PUBLIC, now=NOW)


@given(st.text(max_size=80) | st.binary(max_size=80).map(b64url_encode))
def test_nonsense_is_refused(text: str) -> None:
    for token in (text, f"{text}.{text}.{text}", text * 20):
        with pytest.raises(ValueError, match=r".{5}"):
            read_status(token, PUBLIC, now=NOW)


@given(st.data())
def test_any_change_of_a_letter_is_refused(data: st.DataObject) -> None:
    token = sign_status(KEY, CLAIMS)
    place = data.draw(st.integers(0, len(token) - 1))
    letter = data.draw(st.sampled_from("AZaz09-_.=é").filter(lambda each: each != token[place]))
    with pytest.raises(ValueError, match=r".{5}"):
        read_status(token[:place] + letter + token[place + 1 :], PUBLIC, now=NOW)


def test_a_short_code_survives_the_telephone() -> None:
    code = short_code("reg_1")
    assert len(code) == 9
    assert short_code("reg_2") != code
    assert normalise_short_code(f" {code.lower().replace('-', ' ')} ") == code
    assert normalise_short_code("oil0-OIL0") == "0110-0110"


@pytest.mark.parametrize("text", ["", "1234", "1234-567U", "1234-56789", "가나다라-마바사아"])
def test_what_is_no_short_code_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a short code"):
        normalise_short_code(text)
