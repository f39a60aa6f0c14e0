"""The command `motp-desktop`: arguments and settings first, Qt only when there is a window."""

import argparse
import logging
import os
import sys
from collections.abc import Sequence
from importlib import metadata
from pathlib import Path
from typing import NoReturn

from motp_desktop import preflight
from motp_desktop.bugs import install_hooks

BAD_USAGE = 2
CANNOT_SHOW = 3


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the app; the exit status.

    0: closed, or another start was brought to the front; 2: a bad argument or setting;
    3: no window can be shown here.
    """
    logging.basicConfig(level=logging.WARNING, format="%(name)s: %(message)s")
    given = _parser().parse_args(arguments)
    from motp_desktop.config import SettingsError, load_settings  # noqa: PLC0415 - after --help
    from motp_desktop.services.adapters.managed import load_managed  # noqa: PLC0415
    from motp_desktop.services.adapters.origins import normalise_origin  # noqa: PLC0415
    from motp_desktop.services.settings import Choices  # noqa: PLC0415

    try:
        origin = None if given.verifier is None else normalise_origin(given.verifier)
        settings = load_settings(
            os.environ,
            given.config,
            managed=load_managed(),
            given=Choices(verifier_origin=origin),
            data_dir=given.data_dir and given.data_dir.expanduser().absolute(),
        )
    except SettingsError as error:
        return _say(BAD_USAGE, f"설정을 쓸 수 없습니다: {error}", f"a setting is no good: {error}")
    except ValueError as error:
        return _say(
            BAD_USAGE,
            f"--verifier 주소를 쓸 수 없습니다: {given.verifier!r}",
            f"--verifier cannot be used: {error}",
        )
    obstacle = _obstacle()
    if obstacle is not None:
        return _say(CANNOT_SHOW, *obstacle)
    install_hooks()
    from motp_desktop.ui.run import run  # noqa: PLC0415 - Qt, which --help must not need

    return run(settings, given.lang)


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """Say what is wrong, in both languages, and end."""
        raise SystemExit(
            _say(
                BAD_USAGE,
                f"명령을 이해하지 못했습니다 (--help 참조): {message}",
                f"not understood, see --help: {message}",
            )
        )


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="motp-desktop",
        description="원격훈련 mOTP: 본인 인증번호 / one-time codes for remote training",
        allow_abbrev=False,
    )
    parser.add_argument("--verifier", metavar="URL", help="인증 서버 주소 / the verifier's address")
    parser.add_argument("--data-dir", metavar="DIR", type=Path, help="자료 폴더 / the data folder")
    parser.add_argument("--config", metavar="FILE", type=Path, help="설정 파일 / a settings file")
    parser.add_argument("--lang", choices=["ko", "en"], help="언어 / the language")
    parser.add_argument("--version", action="version", version=f"motp-desktop {_version()}")
    return parser


def _version() -> str:
    try:
        return metadata.version("motp-desktop")
    except metadata.PackageNotFoundError:
        return "(not installed)"


def _obstacle() -> tuple[str, str] | None:
    """Why no window can be shown, in both languages, or None where one can."""
    if not preflight.has_display(os.environ):
        return (
            "화면(디스플레이)이 없어 창을 열 수 없습니다.",
            "there is no display to open a window on.",
        )
    missing = " ".join(preflight.missing_packages(os.environ))
    if missing:
        return (
            f"시스템 라이브러리가 없습니다. 설치: apt-get install {missing}",
            f"system libraries are missing: apt-get install {missing}",
        )
    try:
        from PySide6 import QtNetwork, QtWidgets  # noqa: F401, PLC0415
    except ImportError as error:
        return (f"Qt를 불러올 수 없습니다: {error}", f"Qt cannot be loaded: {error}")
    return None


def _say(status: int, korean: str, english: str) -> int:
    """One sentence in each language on stderr; the status again."""
    if sys.stderr is not None:  # a Windows program without a console has none
        sys.stderr.write(f"motp-desktop: {korean}\nmotp-desktop: {english}\n")
    return status
