"""Writes `vectors.json`: what the protocol computes from fixed inputs.

Run `python -m tests.contract.make_vectors` from the project's root. The same inputs give the
same file, byte for byte. Bytes are hex. The inputs are fixed and public: never use them.
"""

import hashlib
import json
from pathlib import Path
from typing import Any

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from motp_protocol import keys, person, signature, status_token
from motp_protocol.code import OtpProfile, code_for_step, step_at
from motp_protocol.consent import document_hash
from motp_protocol.encoding import canonical_json
from tests.contract.audit_vectors import audit

PATH = Path(__file__).with_name("vectors.json")

CLIENT_PRIVATE = bytes(range(0x20))
SERVER_PRIVATE = bytes(range(0x20, 0x40))
DEVICE_SIGNING = bytes(range(0x40, 0x60))
DEVICE_SECRET = bytes(range(0x60, 0x80))
SHARE = bytes(range(0x80, 0xA0))
SALT = bytes(range(0xA0, 0xB0))
NONCE = bytes(range(0xB0, 0xC0))
ENROLMENT_ID = "enr_0123456789ABCDEF-example"
PIN = "271828"
COSTS = (keys.Argon2Parameters(), keys.Argon2Parameters(passes=1, memory_kib=64, lanes=1))
MOMENTS = (0, 29_999, 30_000, 1_111_111_109_000, 1_800_000_000_000, 4_102_444_799_999)
BODY = b'{"pin_auth":"AAAA","share_id":1}'
DOCUMENT: dict[str, str | list[str]] = {
    "version": "2026-01",
    "lang": "ko",
    "title": "개인정보 수집·이용 동의",
    "purpose": "훈련생 본인 확인",
    "items": ["이름", "휴대전화 번호"],
    "retention": "훈련 종료 후 3년",
    "recipients": "훈련기관",
    "refusal": '동의를 "거부"할 수 있습니다.',
    "warning": "거부하면 mOTP 인증을 쓸 수 없습니다.",
    "text": "제1조\n제2조\t끝 €",
}
NAMES = (
    "홍길동",
    "  홍\u3000 길동 ",
    "이순",
    "남궁민수",
    "Jane  Doe",
    "가",
    "\u1112\u1169\u11bc길동",
)
PHONES = (
    "010-1234-5678",
    "01012345678",
    "+82 10-1234-5678",
    "０１０ １２３４ ５６７８",
    "011-123-4567",
)


def enrolment() -> dict[str, Any]:
    """Key agreement, seed and confirmations."""
    client = X25519PrivateKey.from_private_bytes(CLIENT_PRIVATE)
    server = X25519PrivateKey.from_private_bytes(SERVER_PRIVATE)
    client_share = client.public_key().public_bytes_raw()
    server_share = server.public_key().public_bytes_raw()
    device = Ed25519PrivateKey.from_private_bytes(DEVICE_SIGNING).public_key().public_bytes_raw()
    shared = keys.agree(client, server_share)
    transcript = b"motp/v1\x00" + ENROLMENT_ID.encode() + b"\x00"
    transcript += device + client_share + server_share
    salt = hashlib.sha256(transcript).digest()
    agreed = {
        size: keys.enrolment_secrets(
            shared=shared,
            enrolment_id=ENROLMENT_ID,
            device_public_key=device,
            client_key_share=client_share,
            server_key_share=server_share,
            seed_size=size,
        )
        for size in (20, 32)
    }
    return {
        "enrolment_id": ENROLMENT_ID,
        "client_private": CLIENT_PRIVATE.hex(),
        "client_key_share": client_share.hex(),
        "server_private": SERVER_PRIVATE.hex(),
        "server_key_share": server_share.hex(),
        "device_public_key": device.hex(),
        "shared": shared.hex(),
        "transcript": transcript.hex(),
        "transcript_sha256": salt.hex(),
        "prk": keys.hkdf_extract(salt, shared).hex(),
        "seed_20": agreed[20].seed.hex(),
        "seed_32": agreed[32].seed.hex(),
        "confirm": agreed[20].confirm.hex(),
        "server_confirmation": agreed[20].confirmation("server").hex(),
        "client_confirmation": agreed[20].confirmation("client").hex(),
        "approve_20": keys.approve_key(agreed[20].seed).hex(),
        "approve_32": keys.approve_key(agreed[32].seed).hex(),
    }


def pin(cost: keys.Argon2Parameters) -> dict[str, Any]:
    """From a PIN to the vault's keys."""
    stretched = keys.stretch_pin(PIN, SALT, cost)
    pair = keys.pin_keys(stretched, DEVICE_SECRET)
    return {
        "pin": PIN,
        "salt": SALT.hex(),
        "passes": cost.passes,
        "memory_kib": cost.memory_kib,
        "lanes": cost.lanes,
        "stretched": stretched.hex(),
        "device_secret": DEVICE_SECRET.hex(),
        "device_key": keys.device_key(DEVICE_SECRET).hex(),
        "root": keys.hkdf_extract(DEVICE_SECRET, stretched).hex(),
        "pin_auth": pair.pin_auth.hex(),
        "pin_auth_sha256": hashlib.sha256(pair.pin_auth).hexdigest(),
        "wrap": pair.wrap.hex(),
        "share": SHARE.hex(),
        "vault_key": keys.vault_key(pair.wrap, SHARE).hex(),
    }


def signed_request(parts: signature.RequestParts, created: int) -> dict[str, Any]:
    """One request and its three fields."""
    key = Ed25519PrivateKey.from_private_bytes(DEVICE_SIGNING)
    headers = signature.sign_request(key, parts, created=created, nonce=NONCE)
    params = headers["Signature-Input"].removeprefix(f"{signature.DEVICE_LABEL}=")
    components = [
        ("@method", parts.method),
        ("@authority", parts.authority),
        ("@path", parts.path),
        ("@query", f"?{parts.query}"),
        ("content-digest", headers["Content-Digest"]),
    ]
    return {
        "private_key": DEVICE_SIGNING.hex(),
        "public_key": key.public_key().public_bytes_raw().hex(),
        "method": parts.method,
        "authority": parts.authority,
        "path": parts.path,
        "query": parts.query,
        "body": parts.body.hex(),
        "created": created,
        "nonce": NONCE.hex(),
        "signature_base": signature.signature_base(components, params).decode("ascii"),
        "headers": headers,
    }


def codes(seed_20: str, seed_32: str) -> list[dict[str, Any]]:
    """Codes of the enrolment's seeds."""
    profiles = (
        (seed_20, OtpProfile()),
        (seed_20, OtpProfile(period=60)),
        (seed_32, OtpProfile("SHA256")),
    )
    return [
        {
            "seed": seed,
            "algorithm": profile.algorithm,
            "digits": profile.digits,
            "period": profile.period,
            "milliseconds": moment,
            "step": (step := step_at(moment, profile)),
            "code": code_for_step(bytes.fromhex(seed), step, profile),
        }
        for seed, profile in profiles
        for moment in MOMENTS
    ]


def shown_status() -> dict[str, Any]:
    """A device's signed status, and the short code of its registration."""
    claims = status_token.StatusClaims(
        sub="reg_0123456789ABCDEF",
        iat=1_800_000_000,
        exp=1_800_000_600,
        jti="AAECAwQFBgcICQoLDA0ODw",
        app_version="0.1.0",
        skew=-95,
        state="active",
    )
    return {
        "private_key": DEVICE_SIGNING.hex(),
        "claims": msgspec.to_builtins(claims),
        "token": status_token.sign_status(
            Ed25519PrivateKey.from_private_bytes(DEVICE_SIGNING), claims
        ),
        "short_code": status_token.short_code(claims.sub),
    }


def all_vectors() -> dict[str, Any]:
    """The whole file."""
    agreed = enrolment()
    normal_names = {name: person.normalise_name(name) for name in NAMES}
    normal_phones = {number: person.normalise_phone(number) for number in PHONES}
    return {
        "protocol": 1,
        "enrolment": agreed,
        "pin": [pin(cost) for cost in COSTS],
        "signed_requests": [
            signed_request(
                signature.RequestParts(
                    "POST", "verifier.example:8443", "/v1/registrations/r-1/unlock", body=BODY
                ),
                1_800_000_000,
            ),
            signed_request(
                signature.RequestParts(
                    "GET", "verifier.example", "/v1/registrations/r-1/history", "limit=20"
                ),
                1_800_000_001,
            ),
        ],
        "codes": codes(agreed["seed_20"], agreed["seed_32"]),
        "status": shown_status(),
        "consent": {
            "members": DOCUMENT,
            "canonical": canonical_json(DOCUMENT).hex(),
            "sha256": document_hash(DOCUMENT),
        },
        "names": [
            {"name": name, "normal": normal, "masked": person.mask_name(normal)}
            for name, normal in normal_names.items()
        ],
        "phones": [
            {"number": number, "normal": normal, "masked": person.mask_phone(normal)}
            for number, normal in normal_phones.items()
        ],
        "audit": audit(),
    }


def as_text() -> str:
    """The file's content. ASCII, so that no editor changes a character of it."""
    return json.dumps(all_vectors(), indent=2, ensure_ascii=True) + "\n"


if __name__ == "__main__":
    PATH.write_text(as_text(), encoding="ascii", newline="\n")
