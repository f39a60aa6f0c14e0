"""A configuration is taken only as the verifier signed it."""

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from motp_desktop.services.kiosk.signed_config import UnknownSigner, read_config
from motp_protocol.encoding import b64url_decode, b64url_encode
from motp_protocol.jwk import thumbprint
from motp_protocol.kiosks import KioskClaims, OpeningHours, ScreenMessage
from tests.support.kiosk_fakes import sign

KEY = Ed25519PrivateKey.generate()
OTHER = Ed25519PrivateKey.generate()
PUBLIC = KEY.public_key().public_bytes_raw()
KEYS = {thumbprint(PUBLIC): PUBLIC}
CLAIMS = KioskClaims(
    iss="https://verifier.example",
    sub="kiosk-1",
    iat=1_800_000_000,
    version=7,
    state="active",
    label="1층 로비",
    institution_id="hanbit",
    institution_name="한빛훈련원",
    hours=OpeningHours(days=("mon", "fri"), opens="09:00", closes="18:00"),
    message=ScreenMessage(ko="어서 오세요", en="Welcome"),
    scramble_pad=True,
)


def read(token: str, least_version: int = 7) -> KioskClaims:
    return read_config(
        token, KEYS, issuer=CLAIMS.iss, kiosk_id=CLAIMS.sub, least_version=least_version
    )


def test_what_was_signed_is_what_is_read() -> None:
    assert read(sign(CLAIMS, KEY)) == CLAIMS


@pytest.mark.parametrize(
    ("issuer", "is_the_same"),
    [(":443", True), ("", True), (":80", False), (":8443", False), (":443.example", False)],
)
def test_a_default_port_that_is_written_out_is_the_same_verifier(
    issuer: str, is_the_same: bool
) -> None:
    token = sign(msgspec.structs.replace(CLAIMS, iss=CLAIMS.iss + issuer), KEY)
    if is_the_same:
        assert read(token).version == 7
    else:
        with pytest.raises(ValueError, match="another verifier"):
            read(token)


@pytest.mark.parametrize("header", [{"alg": "none"}, {"alg": "HS256"}, {"typ": "motp-receipt+jwt"}])
def test_a_statement_of_another_kind_is_none(header: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="Invalid enum"):
        read(sign(CLAIMS, KEY, **header))


def test_an_unknown_signer_is_told_apart() -> None:
    with pytest.raises(UnknownSigner):
        read(sign(CLAIMS, OTHER))


def test_a_stranger_under_a_known_name_signs_nothing() -> None:
    with pytest.raises(ValueError, match="not signed by the key"):
        read(sign(CLAIMS, OTHER, kid=thumbprint(PUBLIC)))


@given(st.integers(0, 20), st.integers(0, 20))
def test_none_is_taken_that_is_older_than_the_least(version: int, least: int) -> None:
    token = sign(msgspec.structs.replace(CLAIMS, version=version), KEY)
    if version >= least:
        assert read(token, least).version == version
    else:
        with pytest.raises(ValueError, match="older"):
            read(token, least)


@given(st.text(max_size=200) | st.lists(st.binary(max_size=60), min_size=3, max_size=3))
def test_nothing_else_is_read_or_breaks_the_reader(given_: str | list[bytes]) -> None:
    token = given_ if isinstance(given_, str) else ".".join(map(b64url_encode, given_))
    with pytest.raises(ValueError, match=r"."):
        read(token)


@given(st.data())
def test_no_byte_of_it_can_be_changed(data: st.DataObject) -> None:
    parts = [bytearray(b64url_decode(each)) for each in sign(CLAIMS, KEY).split(".")]
    part = data.draw(st.sampled_from(parts))
    place = data.draw(st.integers(0, len(part) - 1))
    part[place] ^= data.draw(st.integers(1, 255))
    with pytest.raises(ValueError, match=r"."):
        read(".".join(b64url_encode(bytes(each)) for each in parts))


def test_a_token_beyond_all_measure_is_not_looked_at() -> None:
    with pytest.raises(ValueError, match="not a configuration"):
        read(sign(msgspec.structs.replace(CLAIMS, label="x" * 20_000), KEY))
