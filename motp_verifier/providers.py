"""Who sends text messages and who asks the carriers, as the settings have it.

Those that need an HTTP client load it only where they are chosen: a start without it is sooner.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Protocol, runtime_checkable

from motp_verifier.config import Config, ConfigError
from motp_verifier.sealing import MasterKeys
from motp_verifier.services.identity.port import IdentityService
from motp_verifier.services.identity.stand_in import StandInIdentity
from motp_verifier.services.messages.outbox import Outbox
from motp_verifier.services.messages.port import MessageSender
from motp_verifier.services.signed import Clock


@runtime_checkable
class HoldsConnections(Protocol):
    """A provider that keeps connections open."""

    async def aclose(self) -> None:
        """Close them, for good."""
        ...


def open_identity(
    config: Config, keys: MasterKeys, sender: MessageSender
) -> IdentityService | None:
    """The configured way of asking carriers, if any. Raises ConfigError."""
    match config.identity:
        case "none":
            return None
        case "outbox":
            return StandInIdentity(sender, partial(keys.blind_index, "stand-in identity code"))
        case "portone":
            return _portone(config)


def open_sender(config: Config, now: Clock) -> MessageSender:
    """The configured way of sending text messages. Raises ConfigError."""
    if config.messages == "outbox":
        return Outbox(config.outbox(), now)
    return _solapi(config, now)


@contextmanager
def _refused_as_a_setting() -> Iterator[None]:
    """An account says by ValueError which of its values is wrong."""
    try:
        yield
    except ValueError as error:
        raise ConfigError(str(error)) from error


def _portone(config: Config) -> IdentityService:
    from motp_verifier.services.identity import portone  # noqa: PLC0415

    with _refused_as_a_setting():
        account = portone.PortOneAccount(
            api_secret=config.portone_api_secret,
            store_id=config.portone_store_id,
            channel_key=config.portone_channel_key,
            test_channel=config.portone_test_channel,
            base_url=config.portone_base_url or portone.DEFAULT_BASE_URL,
        )
    return portone.PortOneIdentity(account)


def _solapi(config: Config, now: Clock) -> MessageSender:
    from motp_verifier.services.messages import solapi  # noqa: PLC0415

    with _refused_as_a_setting():
        account = solapi.SolapiAccount(
            api_key=config.solapi_api_key,
            api_secret=config.solapi_api_secret,
            sender=config.solapi_sender,
            base_url=config.solapi_base_url or solapi.DEFAULT_BASE_URL,
        )
    return solapi.SolapiSender(account, now)
