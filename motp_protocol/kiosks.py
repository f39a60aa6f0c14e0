"""What an enrolled kiosk and the verifier say to each other (docs/protocol.md, "Kiosks")."""

from typing import Annotated, Literal, TypeAlias, get_args

import msgspec
from msgspec import Meta, Struct

from motp_protocol.fields import Bytes16, Bytes32, FreeText, Id, Language, ShortText, Timestamp
from motp_protocol.messages import Message

CONFIG_TYPE = "motp-kiosk+jwt"
"""`typ` of the signed configuration."""

KioskState: TypeAlias = Literal["active", "locked", "revoked"]
KioskCode: TypeAlias = Annotated[
    str,
    Meta(
        pattern=r"\A[0-9A-HJKMNP-TV-Z]{10}\Z",
        description="50 random bits in Crockford's base 32, upper case, without hyphens",
    ),
]
TimeOfDay: TypeAlias = Annotated[str, Meta(pattern=r"\A([01][0-9]|2[0-3]):[0-5][0-9]\Z")]
Weekday: TypeAlias = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WEEKDAYS: tuple[Weekday, ...] = get_args(Weekday)
"""In the order of `date.weekday()`."""


class KioskEnrolment(Message, frozen=True, kw_only=True):
    """`POST /v1/kiosks`, signed by `public_key` under the label `motp`.

    `exit_auth` is derived from the administrator's exit PIN as `pin_auth` is from a
    trainee's; the verifier keeps its SHA-256.
    """

    code: KioskCode
    public_key: Bytes32
    exit_auth: Bytes32
    platform: ShortText
    app_version: ShortText


class KioskConfig(Message, frozen=True, kw_only=True):
    """`GET /v1/kiosks/{id}/config`: a JWS (RFC 7515), EdDSA by a key of the verifier's JWKS."""

    config: str


class KioskEnrolled(Message, frozen=True, kw_only=True):
    """The answer to `POST /v1/kiosks`. Repeating the request gives an equal one."""

    kiosk_id: Id
    config: str


class KioskReport(Message, frozen=True, kw_only=True):
    """`POST /v1/kiosks/{id}/report`. `clock` is the kiosk's own; a day is one in Asia/Seoul."""

    clock: Timestamp
    platform: ShortText
    app_version: ShortText
    config_version: Annotated[int, Meta(ge=0)]
    users_today: Annotated[int, Meta(ge=0, le=100_000)]


class KioskReported(Message, frozen=True, kw_only=True):
    """The answer to a report; a newer `config_version` is to be fetched at once."""

    time: Timestamp
    state: KioskState
    config_version: int


class KioskExit(Message, frozen=True, kw_only=True):
    """`POST /v1/kiosks/{id}/exit`: answered by 204, `pin-wrong` or `registration-locked`.

    `attempt` is new for every PIN entry, so that a repeated request is counted once.
    """

    exit_auth: Bytes32
    attempt: Bytes16


class OpeningHours(Struct, frozen=True, kw_only=True):
    """When a kiosk serves, in Asia/Seoul; `closes` is later than `opens` on the same day."""

    days: tuple[Weekday, ...]
    opens: TimeOfDay
    closes: TimeOfDay


class ScreenMessage(Struct, frozen=True, kw_only=True):
    """A line for the start screen, in each language."""

    ko: FreeText
    en: FreeText


class KioskClaims(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What the signed configuration says. Times are in seconds unless they say otherwise.

    `version` only grows: a kiosk takes none that is older than its own. `iss` is the
    verifier's origin, `sub` the kiosk's id, `iat` seconds since 1970. After `idle_seconds`
    without input the kiosk forgets who used it, and warns `warn_seconds` before. Profiles
    unused for `unused_days` are deleted. `screen_height_mm` is the height of the screen's
    picture, by which the digits of a code are sized; 0 where it is to be asked of the system.
    """

    iss: str
    sub: str
    iat: int
    version: int
    state: KioskState
    label: str
    institution_id: str
    institution_name: str
    idle_seconds: Annotated[int, Meta(ge=30, le=600)] = 30
    warn_seconds: Annotated[int, Meta(ge=20, le=300)] = 20
    unused_days: Annotated[int, Meta(ge=1, le=3650)] = 90
    languages: tuple[Language, ...] = ("ko", "en")
    hours: OpeningHours | None = None
    message: ScreenMessage | None = None
    scramble_pad: bool = False
    screen_height_mm: Annotated[int, Meta(ge=0, le=5000)] = 0

    def encode(self) -> bytes:
        """The JWS payload."""
        return msgspec.json.encode(self)
