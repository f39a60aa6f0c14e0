"""The options that every command has, and what they open."""

import getpass
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar

import click

from motp_protocol.fields import Language
from motp_verifier.config import CONFIG_VARIABLE, Config, load_config
from motp_verifier.runtime import Runtime, open_runtime
from motp_verifier.services.audit import record

if sys.platform != "win32":
    import pwd

R = TypeVar("R")


def with_config(*overrides: str) -> Callable[[Callable[..., R]], Callable[..., R]]:
    """Give a command `--config` and `--data-dir`, and call it with the `Config`.

    `overrides` names those of its own options that are settings too.
    """

    def decorate(command: Callable[..., R]) -> Callable[..., R]:
        @click.option(
            "--config",
            "config_file",
            type=click.Path(path_type=Path),
            envvar=CONFIG_VARIABLE,
            help=f"A TOML file with settings; by default what {CONFIG_VARIABLE} names.",
        )
        @click.option("--data-dir", help="The folder of the database, and by default of its key.")
        @wraps(command)
        def call(*, config_file: Path | None, data_dir: str | None, **options: Any) -> R:
            settings = {name: options.pop(name) for name in overrides}
            config = load_config(config_file, os.environ, settings | {"data_dir": data_dir})
            return command(config, **options)

        return call

    return decorate


@contextmanager
def opened(config: Config) -> Iterator[Runtime]:
    """The database and the keys, closed at the end."""
    runtime = open_runtime(config)
    try:
        yield runtime
    finally:
        runtime.close()


def operator() -> str:
    """Who runs this command, as the audit names them: the system's account."""
    return record.operator(_account())


def _account() -> str:
    # Not `getpass.getuser`, which believes the environment.
    if sys.platform == "win32":
        return getpass.getuser()
    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return str(os.getuid())


def operator_language() -> Language:
    """The language of the environment (POSIX, XBD 8.2): Korean, or else English."""
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(variable):
            return "ko" if value.lower().startswith("ko") else "en"
    return "en"
