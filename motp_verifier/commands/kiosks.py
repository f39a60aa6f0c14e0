"""`motp-verifier kiosk`: shared PCs of training centres."""

import asyncio
from typing import assert_never

import click
import msgspec

from motp_protocol.encoding import format_time
from motp_verifier.commands.settings import opened, operator, with_config
from motp_verifier.config import Config
from motp_verifier.services.kiosks.hours import read_hours
from motp_verifier.services.kiosks.managing import (
    CODE_MS,
    BadLabel,
    BadSettings,
    KioskAwaited,
    KioskChange,
    KioskChanged,
    KioskInfo,
    Kiosks,
    NoSuchInstitution,
    NoSuchKiosk,
    NotPossible,
)
from motp_verifier.services.kiosks.settings import Choices

_DONE: dict[KioskChange, str] = {
    "lock": "locked: it serves nobody until it is unlocked",
    "unlock": "unlocked",
    "revoke": "revoked for good",
}


@click.group()
def kiosk() -> None:
    """Kiosks: shared PCs, each enrolled with a one-time code."""


@kiosk.command("add")
@click.option("--institution", "institution_id", required=True, help="The institution's id.")
@click.option("--label", required=True, help="Where it stands, in up to 64 characters.")
@with_config()
def add(config: Config, institution_id: str, label: str) -> None:
    """Await a kiosk, and print its one-time code: for `motp-desktop kiosk enrol`."""
    with opened(config) as runtime:
        kiosks = Kiosks(runtime.store, runtime.keys, runtime.now, operator())
        outcome = asyncio.run(kiosks.add(institution_id, label))
    match outcome:
        case KioskAwaited():
            click.echo(
                f"Added {outcome.id}. Its code, for {CODE_MS // 60_000} minutes "
                f"(until {format_time(outcome.expires_at)}), which is not shown again:"
            )
            click.echo(f"{outcome.code[:5]}-{outcome.code[5:]}")
        case NoSuchInstitution():
            raise click.ClickException(f"there is no institution '{institution_id}'.")
        case BadLabel():
            raise click.BadParameter("use 1 to 64 printable characters.", param_hint="--label")
        case never:
            assert_never(never)


@kiosk.command("list")
@click.option("--institution", "institution_id", help="Only this institution's.")
@with_config()
def list_kiosks(config: Config, institution_id: str | None) -> None:
    """List kiosks: id, institution, state, last contact, version, users today, configuration
    (the kiosk's and the newest), label.

    Separated by tabs.
    """
    with opened(config) as runtime:
        kiosks = Kiosks(runtime.store, runtime.keys, runtime.now)
        for each in asyncio.run(kiosks.all(institution_id)):
            click.echo(_line(each))


@kiosk.command("configure")
@click.argument("kiosk_id")
@click.option("--idle", type=int, help="Seconds without input until it forgets who used it.")
@click.option("--warn", type=int, help="Seconds before that at which it warns.")
@click.option("--unused-days", type=int, help="After so many days unused a profile is deleted.")
@click.option("--languages", help="ko,en: the first is shown first.")
@click.option("--hours", help="Like 'mon-fri 09:00-18:00', in Asia/Seoul; 'none' for always.")
@click.option("--message-ko", help="A line for the start screen, in Korean.")
@click.option("--message-en", help="The same line in English.")
@click.option("--no-message", is_flag=True, help="Take the line away.")
@click.option("--scramble/--no-scramble", default=None, help="Mix the digits of the PIN pad.")
@click.option("--screen-height-mm", type=int, help="Of the screen's picture; 0 asks the system.")
@with_config()
def configure(
    config: Config,
    kiosk_id: str,
    *,
    idle: int | None,
    warn: int | None,
    unused_days: int | None,
    languages: str | None,
    hours: str | None,
    message_ko: str | None,
    message_en: str | None,
    no_message: bool,
    scramble: bool | None,
    screen_height_mm: int | None,
) -> None:
    """Choose what holds for KIOSK_ID (see `kiosk list`). It learns of it within minutes."""
    chosen: Choices = {
        "idle_seconds": idle,
        "warn_seconds": warn,
        "unused_days": unused_days,
        "languages": None if languages is None else languages.replace(" ", "").split(","),
        "scramble_pad": scramble,
        "screen_height_mm": screen_height_mm,
    }
    changes = {name: value for name, value in chosen.items() if value is not None}
    changes |= _hours(hours) | _message(message_ko, message_en, remove=no_message)
    if not changes:
        raise click.UsageError("name at least one setting: see --help.")
    with opened(config) as runtime:
        kiosks = Kiosks(runtime.store, runtime.keys, runtime.now, operator())
        outcome = asyncio.run(kiosks.configure(kiosk_id, changes))
    match outcome:
        case KioskChanged(row, again):
            said = "was configured so before" if again else "is configured"
            click.echo(f"{kiosk_id} {said}: version {row.config_version}.")
        case BadSettings(why):
            raise click.ClickException(f"{why}. Nothing was changed.")
        case NoSuchKiosk():
            raise _unknown(kiosk_id)
        case NotPossible(state):
            raise click.ClickException(f"{kiosk_id} is {state}.")
        case never:
            assert_never(never)


@kiosk.command("lock")
@click.argument("kiosk_id")
@with_config()
def lock(config: Config, kiosk_id: str) -> None:
    """Have KIOSK_ID serve nobody until it is unlocked."""
    _change(config, kiosk_id, "lock")


@kiosk.command("unlock")
@click.argument("kiosk_id")
@with_config()
def unlock(config: Config, kiosk_id: str) -> None:
    """Have KIOSK_ID serve again."""
    _change(config, kiosk_id, "unlock")


@kiosk.command("revoke")
@click.argument("kiosk_id")
@with_config()
def revoke(config: Config, kiosk_id: str) -> None:
    """End KIOSK_ID for good. What was registered there opens nowhere any more."""
    _change(config, kiosk_id, "revoke")


def _change(config: Config, kiosk_id: str, change: KioskChange) -> None:
    with opened(config) as runtime:
        kiosks = Kiosks(runtime.store, runtime.keys, runtime.now, operator())
        outcome = asyncio.run(kiosks.change(kiosk_id, change))
    match outcome:
        case KioskChanged():
            click.echo(f"{kiosk_id} is {_DONE[change]}.")
        case NoSuchKiosk():
            raise _unknown(kiosk_id)
        case NotPossible(state):
            raise click.ClickException(f"{kiosk_id} is {state}: it cannot be {change}ed.")
        case never:
            assert_never(never)


def _hours(text: str | None) -> Choices:
    if text is None:
        return {}
    if text == "none":
        return {"hours": None}
    try:
        return {"hours": msgspec.to_builtins(read_hours(text))}
    except ValueError as error:
        raise click.BadParameter(f"{error}.", param_hint="--hours") from error


def _message(korean: str | None, english: str | None, *, remove: bool) -> Choices:
    if remove:
        return {"message": None}
    if korean is None and english is None:
        return {}
    if not korean or not english:
        raise click.UsageError("give the message in both languages: --message-ko, --message-en.")
    return {"message": {"ko": korean, "en": english}}


def _unknown(kiosk_id: str) -> click.ClickException:
    return click.ClickException(f"there is no kiosk '{kiosk_id}': see kiosk list.")


def _line(each: KioskInfo) -> str:
    return "\t".join(
        (
            each.id,
            each.institution_id,
            each.state,
            "never" if each.last_contact_at is None else format_time(each.last_contact_at),
            each.app_version or "-",
            str(each.users_today),
            f"{each.config_known}/{each.config_version}",
            each.label,
        )
    )
