"""The token that opens `/metrics` where it is not on a port of its own."""

import re
from pathlib import Path

from motp_verifier.config import Config, ConfigError

MIN_TOKEN_BYTES = 20
_TOKEN = re.compile(rb"[A-Za-z0-9_-]+")


def read_metrics_token(config: Config) -> bytes:
    """The bearer token that opens `/metrics`; empty where none is set. Raises ConfigError."""
    if not config.metrics_token_file:
        return b""
    file = Path(config.metrics_token_file).expanduser()
    try:
        token = file.read_bytes().strip()
    except OSError as error:
        raise ConfigError(f"metrics_token_file: cannot read {file}: {error.strerror}") from error
    if len(token) < MIN_TOKEN_BYTES or not token.isascii() or not _TOKEN.fullmatch(token):
        raise ConfigError(
            f"metrics_token_file: {file} is not one line of {MIN_TOKEN_BYTES} or more "
            "letters, digits, - and _"
        )
    return token
