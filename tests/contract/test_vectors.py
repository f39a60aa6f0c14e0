"""`vectors.json`, computed twice: without `motp_protocol`, and with it.

The first half is the independent check: the standard library, the primitives of `cryptography`
and nothing else. The second finds the file out of date.
"""

import base64
import hashlib
import hmac
import json
import unicodedata
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from motp_verifier.services.audit.checking import FileCheck
from tests.contract import make_vectors, reference

VECTORS: dict[str, Any] = json.loads(make_vectors.PATH.read_text("ascii"))
ENROLMENT = VECTORS["enrolment"]


def raw(value: str) -> bytes:
    return bytes.fromhex(value)


def test_both_key_shares_and_the_shared_value_are_right() -> None:
    client, server = raw(ENROLMENT["client_private"]), raw(ENROLMENT["server_private"])
    assert reference.x25519_public(client).hex() == ENROLMENT["client_key_share"]
    assert reference.x25519_public(server).hex() == ENROLMENT["server_key_share"]
    assert reference.x25519(client, raw(ENROLMENT["server_key_share"])).hex() == ENROLMENT["shared"]
    assert reference.x25519(server, raw(ENROLMENT["client_key_share"])).hex() == ENROLMENT["shared"]


def test_the_transcript_joins_what_the_document_says() -> None:
    transcript = b"motp/v1" + b"\x00" + ENROLMENT["enrolment_id"].encode() + b"\x00"
    for part in ("device_public_key", "client_key_share", "server_key_share"):
        transcript += raw(ENROLMENT[part])
    assert transcript.hex() == ENROLMENT["transcript"]
    assert hashlib.sha256(transcript).hexdigest() == ENROLMENT["transcript_sha256"]


def test_the_seed_and_the_confirmations_are_right() -> None:
    prk = reference.hkdf_extract(raw(ENROLMENT["transcript_sha256"]), raw(ENROLMENT["shared"]))
    assert prk.hex() == ENROLMENT["prk"]
    for size in (20, 32):
        seed = reference.hkdf_expand(prk, b"motp/v1 seed", size)
        assert seed.hex() == ENROLMENT[f"seed_{size}"]
        assert reference.hkdf(b"", seed, b"motp/v1 approve").hex() == ENROLMENT[f"approve_{size}"]
    confirm = reference.hkdf_expand(prk, b"motp/v1 confirm", 32)
    assert confirm.hex() == ENROLMENT["confirm"]
    for side in ("server", "client"):
        proof = hmac.new(confirm, side.encode(), "sha256").hexdigest()
        assert proof == ENROLMENT[f"{side}_confirmation"]


@pytest.mark.parametrize("vector", VECTORS["pin"], ids=lambda vector: f"t={vector['passes']}")
def test_the_pins_keys_are_right(vector: dict[str, Any]) -> None:
    stretched = reference.argon2id(
        vector["pin"].encode(),
        raw(vector["salt"]),
        vector["passes"],
        vector["memory_kib"],
        vector["lanes"],
    )
    assert stretched.hex() == vector["stretched"]
    secret = raw(vector["device_secret"])
    assert reference.hkdf(b"", secret, b"motp/v1 device").hex() == vector["device_key"]
    root = reference.hkdf_extract(secret, stretched)
    assert root.hex() == vector["root"]
    pin_auth = reference.hkdf_expand(root, b"motp/v1 pin auth", 32)
    assert pin_auth.hex() == vector["pin_auth"]
    assert hashlib.sha256(pin_auth).hexdigest() == vector["pin_auth_sha256"]
    wrap = reference.hkdf_expand(root, b"motp/v1 wrap", 32)
    assert wrap.hex() == vector["wrap"]
    vault = reference.hkdf(raw(vector["share"]), wrap, b"motp/v1 vault")
    assert vault.hex() == vector["vault_key"]


@pytest.mark.parametrize("vector", VECTORS["signed_requests"], ids=lambda vector: vector["method"])
def test_the_signed_requests_are_right(vector: dict[str, Any]) -> None:
    public = raw(vector["public_key"])
    digest = base64.b64encode(hashlib.sha256(raw(vector["body"])).digest()).decode()
    params = (
        '("@method" "@authority" "@path" "@query" "content-digest")'
        f';created={vector["created"]};nonce="{reference.b64url(raw(vector["nonce"]))}"'
        f';keyid="{reference.b64url(hashlib.sha256(public).digest())}";alg="ed25519"'
    )
    base = (
        f'"@method": {vector["method"]}\n'
        f'"@authority": {vector["authority"]}\n'
        f'"@path": {vector["path"]}\n'
        f'"@query": ?{vector["query"]}\n'
        f'"content-digest": sha-256=:{digest}:\n'
        f'"@signature-params": {params}'
    )
    assert base == vector["signature_base"]
    key = Ed25519PrivateKey.from_private_bytes(raw(vector["private_key"]))
    signed = base64.b64encode(key.sign(base.encode())).decode()
    assert vector["headers"] == {
        "Content-Digest": f"sha-256=:{digest}:",
        "Signature-Input": f"motp={params}",
        "Signature": f"motp=:{signed}:",
    }
    Ed25519PublicKey.from_public_bytes(public).verify(base64.b64decode(signed), base.encode())


@pytest.mark.parametrize(
    "vector",
    VECTORS["codes"],
    ids=lambda v: f"{v['algorithm']}-{v['period']}-{v['milliseconds']}",
)
def test_the_codes_are_right(vector: dict[str, Any]) -> None:
    step = vector["milliseconds"] // 1000 // vector["period"]
    assert step == vector["step"]
    code = reference.totp(raw(vector["seed"]), step, vector["digits"], vector["algorithm"])
    assert code == vector["code"]


def test_the_codes_are_made_from_the_enrolments_seeds() -> None:
    seeds = {vector["seed"] for vector in VECTORS["codes"]}
    assert seeds == {ENROLMENT["seed_20"], ENROLMENT["seed_32"]}


def test_the_consent_documents_hash_is_right() -> None:
    consent = VECTORS["consent"]
    assert hashlib.sha256(raw(consent["canonical"])).hexdigest() == consent["sha256"]
    assert reference.document_hash(consent["members"]) == consent["sha256"]


@pytest.mark.parametrize("vector", VECTORS["names"], ids=lambda vector: ascii(vector["name"]))
def test_the_names_are_right(vector: dict[str, str]) -> None:
    normal = " ".join(unicodedata.normalize("NFC", vector["name"]).split())
    assert normal == vector["normal"]
    middle = "".join(" " if c == " " else "*" for c in normal[1:-1])
    expected = normal[0] + middle + normal[-1] if len(normal) > 2 else normal[:-1] + "*"
    assert expected == vector["masked"]


@pytest.mark.parametrize("vector", VECTORS["phones"], ids=lambda vector: ascii(vector["number"]))
def test_the_numbers_are_right(vector: dict[str, str]) -> None:
    digits = "".join(str(int(c)) for c in vector["number"] if c.isdigit())
    national = "0" + digits.removeprefix("82").removeprefix("0")
    assert vector["normal"] == f"+82{national[1:]}"
    hidden = "*" * (len(national) - 7)
    assert vector["masked"] == f"{national[:3]}-{hidden}-{national[-4:]}"


AUDIT = VECTORS["audit"]
AUDIT_KEYS = {AUDIT["kid"]: raw(AUDIT["public_key"])}


def test_the_audits_key_is_named_by_its_thumbprint() -> None:
    x = reference.b64url(raw(AUDIT["public_key"]))
    form = f'{{"crv":"Ed25519","kty":"OKP","x":"{x}"}}'
    assert reference.b64url(hashlib.sha256(form.encode()).digest()) == AUDIT["kid"]
    key = Ed25519PrivateKey.from_private_bytes(raw(AUDIT["private_key"]))
    assert key.public_key().public_bytes_raw().hex() == AUDIT["public_key"]


def test_the_audit_names_people_and_addresses_by_hashes() -> None:
    subject = hmac.new(raw(AUDIT["subject_key"]), b"motp/v1 audit subject", "sha256").digest()
    assert subject.hex() == AUDIT["subject"]
    source = hmac.new(raw(AUDIT["salt"]), AUDIT["address"].encode(), "sha256").digest()
    assert source.hex() == AUDIT["source"]
    entry = json.loads(raw(AUDIT["heads"][0]["rows"][1]["entry"]))
    assert (entry[4], entry[8]) == (reference.b64url(subject), reference.b64url(source))


@pytest.mark.parametrize("vector", AUDIT["heads"], ids=["first", "second"])
def test_the_leaves_lead_to_the_root_that_the_head_signs(vector: dict[str, Any]) -> None:
    claims = reference.read_jws(vector["head"], "motp-head+jwt", AUDIT_KEYS)
    root = raw(vector["root"])
    rows = vector["rows"]
    assert claims["root"] == reference.b64url(root)
    assert reference.tree_root([raw(row["leaf"]) for row in rows]) == root
    for row in rows:
        entry, leaf = json.loads(raw(row["entry"])), raw(row["leaf"])
        assert hashlib.sha256(b"\x00" + raw(row["entry"])).digest() == leaf
        assert reference.leaf_hash(entry) == leaf
        assert claims["first"] <= entry[1] <= claims["last"]
        path = [raw(node) for node in row["path"]]
        assert reference.root_by_path(row["index"], claims["size"], leaf, path) == root


def test_the_heads_chain() -> None:
    first, second = AUDIT["heads"]
    assert hashlib.sha256(first["head"].encode()).hexdigest() == first["hash"]
    before = reference.read_jws(first["head"], "motp-head+jwt", AUDIT_KEYS)
    claims = reference.read_jws(second["head"], "motp-head+jwt", AUDIT_KEYS)
    assert before["previous"] is None
    assert claims["previous"] == reference.b64url(raw(first["hash"]))
    assert (claims["head"], claims["first"]) == (before["head"] + 1, before["last"] + 1)


def test_the_export_is_proven_by_the_published_key_alone() -> None:
    rows = reference.rows_of_export(AUDIT["export"].encode(), AUDIT_KEYS)
    assert [row[1] for row in rows] == [4, 6]
    assert (
        FileCheck(AUDIT_KEYS, iter(()))
        .export(AUDIT["export"].encode().splitlines(keepends=True))
        .doubts
        == ()
    )


def test_the_status_token_and_the_short_code_are_right() -> None:
    status = VECTORS["status"]
    key = Ed25519PrivateKey.from_private_bytes(raw(status["private_key"]))
    keyid = reference.b64url(hashlib.sha256(key.public_key().public_bytes_raw()).digest())
    header = {"alg": "EdDSA", "typ": "motp-status+jwt", "kid": keyid}
    parts = [json.dumps(part, separators=(",", ":")) for part in (header, status["claims"])]
    signed = ".".join(reference.b64url(part.encode()) for part in parts)
    assert status["token"] == f"{signed}.{reference.b64url(key.sign(signed.encode()))}"
    text = b"motp/v1 short code\x00" + status["claims"]["sub"].encode()
    code = base64.b32encode(hashlib.sha256(text).digest()[:5]).decode()
    usual, crockford = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    code = code.translate(str.maketrans(usual, crockford))
    assert status["short_code"] == f"{code[:4]}-{code[4:]}"


def test_the_file_is_what_the_protocol_computes_today() -> None:
    assert make_vectors.PATH.read_text("ascii") == make_vectors.as_text(), (
        "the protocol computes other values than tests/contract/vectors.json: existing vaults "
        "would not open. If that is meant, it is a new protocol version; then run "
        "python -m tests.contract.make_vectors"
    )
