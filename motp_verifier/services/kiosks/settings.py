"""What an operator may choose for a kiosk, and the signed configuration that tells it."""

from typing import TypeAlias, cast

import msgspec

from motp_protocol.kiosks import CONFIG_TYPE, KioskClaims, KioskState, ScreenMessage
from motp_verifier.services.kiosks.hours import opens_before_it_closes
from motp_verifier.services.signing_keys import SigningKeys
from motp_verifier.store.kiosks import KioskRow

CHOICES = frozenset(
    each.encode_name for each in msgspec.structs.fields(KioskClaims) if not each.required
)
"""The members of `KioskClaims` that are chosen: those that stand at a default otherwise."""

Choices: TypeAlias = dict[str, object]
"""Those that were chosen; the others stand at their defaults."""

_WARNING_LEAVES_SECONDS = 5
"""So long at least a kiosk stays quiet after a touch before it warns."""


class BadChoice(ValueError):
    """A choice has no meaning, or does not go with the others; says which and why."""


def choose(settings: str, changes: Choices) -> str:
    """The settings with these changes; None takes a choice back. Raises BadChoice."""
    chosen = read(settings) | changes
    kept = {name: value for name, value in chosen.items() if value is not None}
    _check(kept)
    return msgspec.json.encode(kept).decode()


def read(settings: str) -> Choices:
    """What was chosen, of kept settings."""
    return msgspec.json.decode(settings, type=dict[str, object])


def claims(row: KioskRow, institution_name: str, issuer: str, now: int) -> KioskClaims:
    """What the kiosk is told. `now` is in milliseconds since 1970."""
    fixed = {
        "iss": issuer,
        "sub": row.id,
        "iat": now // 1000,
        "version": row.config_version,
        "state": cast(KioskState, row.state),
        "label": row.label,
        "institution_id": row.institution_id,
        "institution_name": institution_name,
    }
    return msgspec.convert(read(row.settings) | fixed, KioskClaims)


def signed_config(told: KioskClaims, keys: SigningKeys) -> str:
    """The configuration as a compact JWS. Raises NoSigningKey."""
    return keys.sign(CONFIG_TYPE, told.encode())


def _check(kept: Choices) -> None:
    fixed = dict.fromkeys(("iss", "sub", "label", "institution_id", "institution_name"), "x")
    whole = kept | fixed | {"iat": 0, "version": 1, "state": "active"}
    if unknown := kept.keys() - CHOICES:
        raise BadChoice(f"there is no choice '{min(unknown)}'")
    try:
        told = msgspec.convert(whole, KioskClaims)
    except msgspec.ValidationError as error:
        raise BadChoice(str(error)) from error
    if told.idle_seconds < told.warn_seconds + _WARNING_LEAVES_SECONDS:
        raise BadChoice(
            f"the warning comes {told.warn_seconds} seconds before the end of "
            f"{told.idle_seconds}: leave {_WARNING_LEAVES_SECONDS} seconds at least"
        )
    if not told.languages or len(set(told.languages)) != len(told.languages):
        raise BadChoice("name at least one language, each once")
    if told.hours is not None and not opens_before_it_closes(told.hours):
        raise BadChoice("the kiosk opens after it closes, or on no day")
    _check_texts(told.message)


def _check_texts(message: ScreenMessage | None) -> None:
    if message is not None and not (message.ko.isprintable() and message.en.isprintable()):
        raise BadChoice("the message has control characters")
