"""Passwords of staff: what is taken, and how they are kept (NIST SP 800-63B-4 §3.1.1.2)."""

import asyncio
import hmac
import re
import secrets
import unicodedata
from functools import partial

from motp_protocol.encoding import b64url_decode, b64url_encode
from motp_protocol.keys import SALT_SIZE, Argon2Parameters, stretch

MIN_LENGTH = 12
WAITING_LIMIT = 16
"""The most that wait for their turn: each takes some 0.15 s and 64 MiB."""

_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
_GROUPS, _GROUP = 5, 4
_KEPT = re.compile(r"argon2id\$t=(\d+),m=(\d+),p=(\d+)\$([A-Za-z0-9_-]+)\$([A-Za-z0-9_-]+)")
# What people take where twelve characters are asked for, beside what repeats or counts up.
_COMMON = (
    "password", "passw0rd", "p@ssw0rd", "p@ssword", "qwerty", "qwertyuiop", "asdfghjkl", "zxcvbnm",
    "1q2w3e4r", "1q2w3e4r5t", "1qaz2wsx", "q1w2e3r4", "letmein", "welcome", "iloveyou", "sunshine",
    "princess", "football", "baseball", "dragon", "monkey", "superman", "master", "admin",
    "administrator", "root", "login", "secret", "changeme", "default", "helpdesk", "auditor",
    "motp", "verifier", "company", "korea", "seoul", "training", "trustno1", "starwars",
    "비밀번호", "패스워드", "관리자", "헬프데스크", "원격훈련", "대한민국", "안녕하세요",
    "사랑해요",
    "qlalfqjsgh", "vodtmdnjem", "rhksflwk", "dkssudgktpdy", "tkfkdgody", "eogksalsrnr",
)  # fmt: skip
_RUNS = (
    "0123456789" * 3,
    "9876543210" * 3,
    "abcdefghijklmnopqrstuvwxyz",
    "qwertyuiopasdfghjklzxcvbnm",
)


class TooManyWait(Exception):
    """Too many passwords wait to be looked at; nothing was done."""


def new_first_password() -> str:
    """A password to be used once: some 98 bits, in letters and digits that nobody mistakes."""
    groups = ("".join(secrets.choice(_ALPHABET) for _ in range(_GROUP)) for _ in range(_GROUPS))
    return "-".join(groups)


def is_too_common(password: str, account: str) -> bool:
    """Whether it is among those that are tried first, or little else than the account's name."""
    plain = _folded(password)
    bare = "".join(each for each in plain if each.isalnum())
    if len(set(bare)) < 4 or any(bare in run for run in _RUNS):  # noqa: PLR2004 - abcabcabc…
        return True
    for word in (_folded(account), *_COMMON):
        rest = plain.replace(word, "") if len(word) > 2 else plain  # noqa: PLR2004 - a word
        # A common word, any number of times, with a year or a mark behind it.
        if rest != plain and (len(rest) <= 5 or not any(map(str.isalpha, rest))):  # noqa: PLR2004
            return True
    half = len(bare) // 2
    return any(len(bare) % n == 0 and bare == bare[:n] * (len(bare) // n) for n in range(1, half))


class Passwords:
    """Hashes and compares, one at a time and beside the event loop."""

    def __init__(self, cost: Argon2Parameters | None = None) -> None:
        self._cost = Argon2Parameters() if cost is None else cost
        self._turn = asyncio.Semaphore(1)
        self._waiting = 0
        self._nobodys = self._text(secrets.token_bytes(SALT_SIZE), bytes(32))

    async def hash(self, password: str) -> str:
        """What is kept of a password. Raises TooManyWait."""
        salt = secrets.token_bytes(SALT_SIZE)
        return self._text(salt, await self._stretch(password, salt, self._cost))

    async def matches(self, password: str, kept: str | None) -> bool:
        """Whether it is the password that this was kept of; None takes as long, and is not.

        Raises TooManyWait.
        """
        found = _KEPT.fullmatch(self._nobodys if kept is None else kept)
        if found is None:
            raise ValueError("not a kept password")
        passes, memory, lanes = (int(found[number]) for number in (1, 2, 3))
        cost = Argon2Parameters(passes, memory, lanes)
        given = await self._stretch(password, b64url_decode(found[4]), cost)
        return hmac.compare_digest(given, b64url_decode(found[5])) and kept is not None

    async def _stretch(self, password: str, salt: bytes, cost: Argon2Parameters) -> bytes:
        if self._waiting >= WAITING_LIMIT:
            raise TooManyWait
        self._waiting += 1
        try:
            async with self._turn:
                work = partial(stretch, _normalised(password), salt, cost)
                return await asyncio.to_thread(work)
        finally:
            self._waiting -= 1

    def _text(self, salt: bytes, hashed: bytes) -> str:
        cost = f"t={self._cost.passes},m={self._cost.memory_kib},p={self._cost.lanes}"
        return f"argon2id${cost}${b64url_encode(salt)}${b64url_encode(hashed)}"


def _normalised(password: str) -> bytes:
    return unicodedata.normalize("NFKC", password).encode("utf-8", "surrogatepass")


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()
