"""Kiosks of the fuzzed world: some in use, and codes that await others."""

import asyncio
from typing import Any

from sqlalchemy import update

from demo.stack import INSTITUTION
from motp_protocol.encoding import b64url_encode
from motp_verifier.config import Config
from motp_verifier.runtime import open_runtime
from motp_verifier.services.kiosks.managing import KioskAwaited, Kiosks
from motp_verifier.store.opening import maintaining
from motp_verifier.store.tables import kiosk
from tests.support.raw_client import RawClient

_IN_USE, _AWAITED = 2, 60
_A_DAY = 24 * 60 * 60 * 1000
EXIT_AUTH = b64url_encode(b"exit".ljust(32))


def kiosks_of_the_world(config: Config, origin: str) -> dict[str, Any]:
    """`kiosks`, keys by ids, and `kiosk_codes`, which stay good for a day."""
    runtime = open_runtime(config)
    try:
        desk = Kiosks(runtime.store, runtime.keys, runtime.now)
        codes = [_code(desk) for _ in range(_IN_USE + _AWAITED)]
    finally:
        runtime.close()
    expires = kiosk.c.code_expires_at
    with maintaining(config.database()) as connection:
        connection.execute(update(kiosk).values(code_expires_at=expires + _A_DAY))
    return {
        "kiosks": dict(_enrol(origin, code) for code in codes[:_IN_USE]),
        "kiosk_codes": codes[_IN_USE:],
    }


def enrolment(code: str, client: RawClient) -> dict[str, str]:
    """What makes a PC a kiosk."""
    return {
        "code": code,
        "public_key": client.public_key,
        "exit_auth": EXIT_AUTH,
        "platform": "Linux",
        "app_version": "0.1.0",
    }


def _code(desk: Kiosks) -> str:
    added = asyncio.run(desk.add(INSTITUTION, "로비"))
    if not isinstance(added, KioskAwaited):
        raise TypeError(f"no kiosk is awaited: {added}")
    return added.code


def _enrol(origin: str, code: str) -> tuple[str, str]:
    client = RawClient(origin)
    answer = client.send("POST", "/v1/kiosks", enrolment(code, client)).raise_for_status()
    return answer.json()["kiosk_id"], b64url_encode(client.key.private_bytes_raw())
