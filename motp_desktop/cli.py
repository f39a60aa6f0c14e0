"""The command `motp-desktop`: arguments and settings first, Qt only when there is a window."""

import argparse
import logging
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from motp_desktop import preflight
from motp_desktop.bugs import install_hooks
from motp_desktop.exit_codes import BAD_USAGE, CANNOT_SHOW
from motp_desktop.version import installed_version

if TYPE_CHECKING:
    from motp_desktop.config import Settings

_EPILOG = """\
종료 코드 / exit status:
  0  됨 / done, all well
  1  문제를 찾음, 또는 하지 못함 / something is wrong, or it could not be done
  2  명령이나 설정이 잘못됨 / a bad argument or setting
  3  창을 열 수 없음 / no window can be shown here
  4  등록이 없음 / there is no registration
  5  등록을 쓸 수 없음 / the registration cannot be used
  6  확인하지 않아 그만둠 / not confirmed, nothing was done
  7  서버에 알리지 못함 / the verifier could not be told
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the app or one of its commands; the exit status, as `--help` lists them."""
    console = logging.StreamHandler()
    console.setLevel(logging.WARNING)  # the file of the log takes more
    logging.basicConfig(format="%(name)s: %(message)s", handlers=[console])
    given = _parser().parse_args(arguments)
    settings = _settings(given)
    if isinstance(settings, int):
        return settings
    if given.command == "kiosk":
        from motp_desktop.kiosk_commands import run_kiosk_command  # noqa: PLC0415 - after --help

        return run_kiosk_command(given, settings)
    link = (given.link or "") if given.command == "open" else ""
    if given.command not in {None, "open", "helpdesk"}:
        from motp_desktop.commands import run_command  # noqa: PLC0415 - after --help

        return run_command(given, settings)
    return show_window(lambda chosen: _run_window(given, chosen, link), settings)


def show_window(run: Callable[["Settings"], int], settings: "Settings") -> int:
    """Run what shows a window, where one can be shown; the exit status."""
    obstacle = _obstacle()
    if obstacle is not None:
        return say(CANNOT_SHOW, *obstacle)
    install_hooks()
    return run(settings)


def _run_window(given: argparse.Namespace, settings: "Settings", link: str) -> int:
    if given.command == "helpdesk":
        from motp_desktop.ui.run_helpdesk import run_helpdesk  # noqa: PLC0415 - Qt

        return run_helpdesk(settings, given.lang)
    from motp_desktop.ui.run import run  # noqa: PLC0415 - Qt, which --help must not need

    return run(settings, given.lang, link, in_background=given.background)


def _settings(given: argparse.Namespace) -> "Settings | int":
    """What is set but for what the person chose, or the exit status."""
    from motp_desktop.config import SettingsError, load_settings  # noqa: PLC0415 - after --help
    from motp_desktop.services.adapters.managed import load_managed  # noqa: PLC0415
    from motp_desktop.services.adapters.origins import normalise_origin  # noqa: PLC0415
    from motp_desktop.services.settings import Choices  # noqa: PLC0415

    try:
        origin = None if given.verifier is None else normalise_origin(given.verifier)
        return load_settings(
            os.environ,
            given.config,
            managed=load_managed(),
            given=Choices(verifier_origin=origin),
            data_dir=given.data_dir and given.data_dir.expanduser().absolute(),
        )
    except SettingsError as error:
        say(BAD_USAGE, f"설정을 쓸 수 없습니다: {error}", f"a setting is no good: {error}")
        _show_problem(given, str(error))
        return BAD_USAGE
    except ValueError as error:
        return say(
            BAD_USAGE,
            f"--verifier 주소를 쓸 수 없습니다: {given.verifier!r}",
            f"--verifier cannot be used: {error}",
        )


def _show_problem(given: argparse.Namespace, message: str) -> None:
    """Say it in a window too, where the app was started by its icon: nobody sees stderr then."""
    has_terminal = sys.stderr is not None and sys.stderr.isatty()
    if given.command is None and not has_terminal and _obstacle() is None:
        from motp_desktop.ui.run import show_settings_problem  # noqa: PLC0415 - Qt

        show_settings_problem(message, given.lang or "ko")


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """Say what is wrong, in both languages, and end."""
        raise SystemExit(
            say(
                BAD_USAGE,
                f"명령을 이해하지 못했습니다 (--help 참조): {message}",
                f"not understood, see --help: {message}",
            )
        )


class _ShowVersion(argparse.Action):
    """As argparse's own, but the version is looked up only where it is asked for."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        """Say it, and end."""
        sys.stdout.write(f"motp-desktop {installed_version() or '(not installed)'}\n")
        parser.exit()


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="motp-desktop",
        description="원격훈련 mOTP: 본인 인증번호 / one-time codes for remote training. "
        "명령이 없으면 창을 엽니다 / without a command the window opens.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    _add_options(parser, default=None)
    parser.add_argument(
        "--background",
        action="store_true",
        help="창 없이 알림 영역에서 시작 / start in the tray, without the window",
    )
    parser.add_argument(
        "--version", action=_ShowVersion, nargs=0, help="버전 / show the version, and end"
    )
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", title="명령 / commands")
    status = _command(commands, "status", "이 PC의 등록 상태 / the state of this PC's registration")
    status.add_argument("--json", action="store_true", help="JSON으로 / as JSON")
    status.add_argument("--ask", action="store_true", help="서버에 물어봄 / ask the verifier first")
    doctor = _command(commands, "doctor", "점검하고 고칠 방법을 알림 / look for what is wrong")
    doctor.add_argument("--json", action="store_true", help="JSON으로 / as JSON")
    doctor.add_argument(
        "--report",
        metavar="FILE",
        type=Path,
        help="비밀이 없는 진단 보고서를 저장 / save a report without secrets",
    )
    reset = _command(commands, "reset", "등록을 초기화 / forget the registration, here and there")
    reset.add_argument("--yes", action="store_true", help="묻지 않음 / do not ask")
    reset.add_argument(
        "--here-only",
        action="store_true",
        help="서버에 알리지 못하면 이 PC에서만 / go on where the verifier cannot be told",
    )
    opens = _command(commands, "open", "motp:// 링크를 창에서 열기 / open a link in the window")
    # Without one it is the menu of a desktop that starts the app by the same entry.
    opens.add_argument("link", metavar="LINK", nargs="?", type=_link, help="motp://…")
    _command(commands, "helpdesk", "헬프데스크 창을 열기 / open the helpdesk's console")
    _add_kiosk(commands)
    return parser


def _add_kiosk(commands: "argparse._SubParsersAction[_Parser]") -> None:
    kiosk = _command(
        commands, "kiosk", "여러 훈련생이 함께 쓰는 PC의 화면 / the screen of a shared PC"
    )
    parts = kiosk.add_subparsers(dest="kiosk_command", metavar="COMMAND", title="명령 / commands")
    enrol = _command(parts, "enrol", "이 PC를 키오스크로 등록 / make this PC a kiosk")
    enrol.add_argument(
        "--code",
        metavar="CODE",
        help="motp-verifier kiosk add가 알려 준 코드 / the code that it gave",
    )
    enrol.add_argument("--yes", action="store_true", help="묻지 않음 / do not ask")
    enrol.add_argument(
        "--key-file",
        action="store_true",
        help="키 보관함 대신 파일에 (약함) / a file in place of the keychain (weaker)",
    )
    install = _command(parts, "install", "켤 때 저절로 열리게 / have systemd start the kiosk")
    way = install.add_mutually_exclusive_group()
    way.add_argument(
        "--cage",
        action="store_true",
        help="다른 것 없이 이 화면만, root로 (기본) / nothing but the kiosk, as root (the default)",
    )
    way.add_argument(
        "--x11",
        action="store_true",
        help="이미 있는 데스크톱에서, 이 사용자로 / on a desktop that is there, for this user",
    )
    install.add_argument(
        "--user", default="kiosk", help="--cage의 사용자 / the account of --cage (kiosk)"
    )
    install.add_argument("--remove", action="store_true", help="설치를 되돌림 / undo it")
    install.add_argument(
        "--dry-run", action="store_true", help="쓸 파일을 보여 주기만 / only show the files"
    )
    install.add_argument(
        "--root",
        metavar="DIR",
        type=Path,
        default=Path("/"),
        help="다른 시스템의 파일, 이미지용 / the files of another system, for images",
    )


def _link(text: str) -> str:
    from motp_desktop.services.adapters.links import BadLink, parse_link  # noqa: PLC0415

    try:
        parse_link(text)
    except BadLink as error:
        raise argparse.ArgumentTypeError(
            f"motp:// 링크가 아닙니다 / not a link: {error}"
        ) from error
    return text


def _command(commands: "argparse._SubParsersAction[_Parser]", name: str, help_text: str) -> _Parser:
    command = commands.add_parser(name, help=help_text, description=help_text, allow_abbrev=False)
    _add_options(command, default=argparse.SUPPRESS)
    return command


def _add_options(parser: argparse.ArgumentParser, default: str | None) -> None:
    """What may stand before a command and after it; after it, it has no default of its own."""
    options = parser.add_argument_group("설정 / settings")
    options.add_argument(
        "--verifier", metavar="URL", default=default, help="인증 서버 주소 / the verifier's address"
    )
    options.add_argument(
        "--data-dir", metavar="DIR", type=Path, default=default, help="자료 폴더 / the data folder"
    )
    options.add_argument(
        "--config", metavar="FILE", type=Path, default=default, help="설정 파일 / a settings file"
    )
    options.add_argument(
        "--lang", choices=["ko", "en"], default=default, help="언어 / the language"
    )


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


def say(status: int, korean: str, english: str) -> int:
    """One sentence in each language on stderr; the status again."""
    if sys.stderr is not None:  # a Windows program without a console has none
        sys.stderr.write(f"motp-desktop: {korean}\nmotp-desktop: {english}\n")
    return status
