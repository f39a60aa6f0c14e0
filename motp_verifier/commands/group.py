"""Commands that end in one sentence instead of a traceback."""

import io
import sys
from typing import Any

import click

from motp_verifier.config import ConfigError
from motp_verifier.key_file import KeyFileError
from motp_verifier.store.location import BadDatabaseUrl
from motp_verifier.store.migrate import DatabaseTooNew
from motp_verifier.store.port import StoreUnavailable
from motp_verifier.supervisor import WorkersFailed

_EXPECTED = (
    ConfigError,
    KeyFileError,
    BadDatabaseUrl,
    DatabaseTooNew,
    StoreUnavailable,
    WorkersFailed,
)


class PlainErrors(click.Group):
    """A group whose commands report what can go wrong outside them, with exit code 1."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that the arguments name."""
        _print_whatever_the_terminal_can()
        try:
            return super().invoke(ctx)
        except _EXPECTED as error:
            raise click.ClickException(str(error)) from error
        except BrokenPipeError:
            raise
        except OSError as error:
            where = f"{error.filename}: " if error.filename else ""
            raise click.ClickException(f"{where}{error.strerror or error}") from error


def _print_whatever_the_terminal_can() -> None:
    """A name that the terminal's encoding lacks must not end a command half-way."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
