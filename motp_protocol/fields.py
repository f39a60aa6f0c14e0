"""The kinds of text that messages are made of."""

from typing import Annotated, Literal, TypeAlias

from msgspec import Meta

Id: TypeAlias = Annotated[str, Meta(pattern=r"\A[A-Za-z0-9_-]{1,64}\Z")]
Timestamp: TypeAlias = Annotated[
    str,
    Meta(
        pattern=r"\A[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z\Z",
        description="RFC 3339, UTC, with milliseconds",
    ),
]
Bytes16: TypeAlias = Annotated[
    str, Meta(pattern=r"\A[A-Za-z0-9_-]{21}[AQgw]\Z", description="16 bytes, base64url")
]
Bytes32: TypeAlias = Annotated[
    str, Meta(pattern=r"\A[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]\Z", description="32 bytes, base64url")
]
Sha256Hex: TypeAlias = Annotated[str, Meta(pattern=r"\A[0-9a-f]{64}\Z")]
ShareId: TypeAlias = Annotated[int, Meta(ge=1, le=2**53 - 1)]
ShortText: TypeAlias = Annotated[
    str,
    # No control characters: they forge log lines, and PostgreSQL holds no NUL.
    Meta(min_length=1, max_length=64, pattern=r"\A[^\x00-\x1f\x7f-\x9f]*\Z"),
]
IpText: TypeAlias = Annotated[str, Meta(max_length=45, pattern=r"\A[0-9A-Fa-f.:]*\Z")]
FreeText: TypeAlias = Annotated[str, Meta(max_length=200)]
SixDigits: TypeAlias = Annotated[str, Meta(pattern=r"\A[0-9]{6}\Z")]
BirthAndSex: TypeAlias = Annotated[
    str,
    Meta(
        pattern=r"\A[0-9]{6}[1-8]\Z",
        description="the first seven digits of a resident registration number: a date of birth "
        "and the digit of century and sex",
    ),
]
Carrier: TypeAlias = Literal["SKT", "KT", "LGU", "SKT_MVNO", "KT_MVNO", "LGU_MVNO"]
IdentityMethod: TypeAlias = Literal["sms", "carrier"]
NameProofState: TypeAlias = Literal["none", "needed", "done"]
Language: TypeAlias = Literal["ko", "en"]
DeviceKind: TypeAlias = Literal["personal", "kiosk"]
Lock: TypeAlias = Literal["pin", "code"]
RegistrationState: TypeAlias = Literal["active", "suspended", "revoked"]
RevocationReason: TypeAlias = Literal["replaced", "reset", "cloned", "withdrawn", "staff"]
Occasion: TypeAlias = Literal[
    "entry",
    "lesson",
    "exam",
    "assignment",
    "progress",
    "discussion",
    "other_evaluation",
    "supplement",
    "other",
]
CheckMethod: TypeAlias = Literal["code", "same-pc", "phone", "bypass"]
RequirementRule: TypeAlias = Literal[
    "never", "once-per-class", "once-per-session", "first-lesson", "once-per-day", "every-time"
]
RejectionReason: TypeAlias = Literal[
    "code-wrong",
    "code-used",
    "locked",
    "not-registered",
    "revoked",
    "suspended",
    "name-not-verified",
]
