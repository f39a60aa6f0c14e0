"""Receipts, read by a JOSE library that shares no code with ours; keys that take turns."""

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from joserfc import jwt
from joserfc.errors import BadSignatureError
from joserfc.jwk import KeySet

from motp_protocol.encoding import b64url_decode
from motp_verifier.services.receipts import ReceiptClaims, Receipts
from motp_verifier.services.signing_keys import (
    CACHE_SECONDS,
    PUBLISHED_AHEAD_MINUTES,
    NoSigningKey,
    RotationBegun,
    RotationUnderWay,
    SigningKeys,
)
from motp_verifier.services.verification import Accepted
from motp_verifier.store import signing_keys as rows
from motp_verifier.store import tables
from tests.unit.verifier.site_world import ISSUER, World

# RFC 9864 calls this algorithm Ed25519; readers in the field know it by its older name.
pytestmark = pytest.mark.filterwarnings("ignore:EdDSA is deprecated")

MINUTE = 60_000
DAY = 24 * 60 * MINUTE


@pytest.fixture
def world(tmp_path: Path, database_url: str) -> Iterator[World]:
    world = World(tmp_path, database_url=database_url)
    world.add_institution("school")
    world.add_to_roster("school", "홍길동,010-1234-5678,hong")
    yield world
    world.close()


def read(receipt: str, published: bytes) -> tuple[dict[str, Any], dict[str, Any]]:
    """Header and claims of a receipt that verifies by the published keys."""
    keys = KeySet.import_key_set(json.loads(published))
    token = jwt.decode(receipt, keys, algorithms=["EdDSA"])
    return dict(token.header), dict(token.claims)


def signed_by(keys: SigningKeys) -> str:
    header, _ = read(keys.sign("test", b"{}"), keys.published())
    return str(header["kid"])


def test_a_receipt_says_what_was_checked_and_verifies_by_the_published_keys(world: World) -> None:
    device = world.register("school", "hong")
    answer = world.check("school", "hong", world.right_code(device))
    assert isinstance(answer, Accepted)
    header, claims = read(answer.receipt, world.signing_keys.published())
    (key,) = json.loads(world.signing_keys.published())["keys"]
    assert header == {"alg": "EdDSA", "kid": key["kid"], "typ": "motp-receipt+jwt"}
    assert claims == {
        "iss": ISSUER,
        "aud": "school",
        "sub": "hong",
        "jti": answer.verification_id,
        "iat": world.now // 1000,
        "course": "C-1",
        "class": "1",
        "session": 3,
        "occasion": "lesson",
        "method": "code",
        "popup_id": None,
        "same_address": None,
    }
    assert answer.receipt not in repr(answer)


def test_the_key_of_a_checks_moment_signs_though_the_receipt_is_read_later(world: World) -> None:
    begun = world.run(world.signing_keys.rotate())
    assert isinstance(begun, RotationBegun)
    claims = ReceiptClaims(
        iss=ISSUER, aud="school", sub="hong", jti="ver_1", iat=0, course="C-1", class_="1",
        session=3, occasion="lesson",
    )  # fmt: skip
    before = Receipts(world.signing_keys, ISSUER).promise(claims)
    at_hand = signed_by(world.signing_keys)
    world.now = begun.active_at
    world.run(world.signing_keys.refresh())
    header, _ = read(before.text, world.signing_keys.published())
    assert header["kid"] == at_hand != signed_by(world.signing_keys)
    assert before.text == before.text


def test_without_a_key_to_sign_with_no_code_is_used_up(world: World) -> None:
    device = world.register("school", "hong")
    at_hand, world.signing_keys._signers = world.signing_keys._signers, ()
    with pytest.raises(NoSigningKey):
        world.check("school", "hong", world.right_code(device))
    assert world.rows(tables.verification) == []
    world.signing_keys._signers = at_hand
    assert isinstance(world.check("school", "hong", world.right_code(device)), Accepted)


def test_a_receipt_in_which_one_bit_is_another_does_not_verify(world: World) -> None:
    receipt = world.signing_keys.sign("motp-receipt+jwt", b'{"aud":"school"}')
    head, claims, signature = receipt.split(".")
    forged = ".".join((head, claims[:-2] + ("A" if claims[-2] != "A" else "B") + "Q", signature))
    with pytest.raises((BadSignatureError, ValueError)):
        read(forged, world.signing_keys.published())


def test_what_is_published_is_public_and_named_by_its_thumbprint(world: World) -> None:
    (key,) = json.loads(world.signing_keys.published())["keys"]
    assert key.keys() == {"kty", "crv", "x", "kid", "use", "alg"}
    assert KeySet.import_key_set({"keys": [key]}).keys[0].thumbprint() == key["kid"]
    (row,) = world.rows(tables.signing_key)
    assert b64url_decode(key["x"]) == row["public_key"]


def test_a_new_key_is_published_before_it_signs_and_the_old_one_stays_published(
    world: World,
) -> None:
    assert PUBLISHED_AHEAD_MINUTES * 60 > CACHE_SECONDS
    keys, old = world.signing_keys, signed_by(world.signing_keys)
    begun = world.run(keys.rotate())
    assert isinstance(begun, RotationBegun)
    world.run(keys.refresh())
    assert {each["kid"] for each in json.loads(keys.published())["keys"]} == {old, begun.kid}
    world.now = begun.active_at - 1
    assert signed_by(keys) == old
    world.now = begun.active_at
    assert signed_by(keys) == begun.kid
    assert [each.state for each in world.run(keys.all())] == ["retired", "active"]
    assert {each["kid"] for each in json.loads(keys.published())["keys"]} == {old, begun.kid}


def test_another_process_takes_up_a_rotation_by_looking_again(world: World) -> None:
    other = SigningKeys(world.store, world.keys, lambda: world.now)
    world.run(other.refresh())
    begun = world.run(world.signing_keys.rotate(1))
    assert isinstance(begun, RotationBegun)
    world.run(other.refresh())
    world.now += MINUTE
    assert signed_by(other) == begun.kid


def test_a_second_rotation_waits_for_the_first_but_not_where_a_key_leaked(world: World) -> None:
    begun = world.run(world.signing_keys.rotate())
    assert isinstance(begun, RotationBegun)
    again = world.run(world.signing_keys.rotate())
    assert again == RotationUnderWay(begun.kid, begun.active_at)
    at_once = world.run(world.signing_keys.rotate(0))
    assert isinstance(at_once, RotationBegun)
    world.run(world.signing_keys.refresh())
    assert signed_by(world.signing_keys) == at_once.kid


def test_many_first_starts_at_once_make_one_key(tmp_path: Path, database_url: str) -> None:
    world = World(tmp_path, database_url=database_url)
    try:
        world.do(lambda c: c.execute(tables.signing_key.delete()) and None)
        processes = [SigningKeys(world.store, world.keys, lambda: world.now) for _ in range(5)]

        async def start() -> None:
            await asyncio.gather(*(each.refresh() for each in processes))

        world.run(start())
        assert len(world.rows(tables.signing_key)) == 1
        assert len({signed_by(each) for each in processes}) == 1
    finally:
        world.close()


def test_what_signed_with_a_retired_key_is_erased_a_day_later(world: World) -> None:
    begun = world.run(world.signing_keys.rotate())
    assert isinstance(begun, RotationBegun)
    world.do(lambda c: rows.erase_private_parts(c, begun.active_at))
    assert all(row["private_sealed"] for row in world.rows(tables.signing_key))
    world.do(lambda c: rows.erase_private_parts(c, begun.active_at + 1))
    kept = {row["kid"]: row["private_sealed"] for row in world.rows(tables.signing_key)}
    assert [kid for kid, sealed in kept.items() if sealed] == [begun.kid]
    world.now = begun.active_at + DAY
    world.run(world.signing_keys.refresh())
    assert signed_by(world.signing_keys) == begun.kid
