"""Commands as pages write them, and what the real parsers say of them."""

import re
import shlex
from importlib.util import find_spec
from pathlib import Path

import click

from motp_desktop.cli import _parser
from motp_verifier.cli import main as verifier
from tests.architecture.imports import ROOT

# Programs of the system that guides name: that they are written rightly is for their own tests.
OTHERS = {
    "adduser", "systemd-cryptenroll",
    "apt-get", "cat", "chmod", "chown", "cp", "createdb", "createuser", "curl", "env", "export",
    "install", "journalctl", "ln", "mkdir", "mv", "nginx", "openssl", "pg_dump", "pg_restore",
    "pip", "psql", "rm", "runuser", "sqlite3", "sudo", "systemctl", "tar", "umask", "useradd",
    "dropdb", "rsync", "scp", "sha256sum", "cd", "echo", "test", "docker", "promtool", "date",
}  # fmt: skip
_ASSIGNMENT = re.compile(r"[A-Za-z_]\w*=.*")


def commands(block: str) -> list[list[str]]:
    """The simple commands of a shell's block, each as its words."""
    found: list[list[str]] = []
    for line in block.replace("\\\n", " ").splitlines():
        lexer = shlex.shlex(line, posix=True, punctuation_chars=";&|()<>")
        lexer.whitespace_split = True
        found.append([])
        for word in lexer:
            if word and set(word) <= set(";&|()"):
                found.append([])
            else:
                found[-1].append(word)
    return [parts for each in found if (parts := _without_redirection(each))]


def wrong_with(words: list[str], folder: Path) -> str | None:
    """What the program itself finds wrong with a command, run nowhere; `folder` has its files."""
    while words and _ASSIGNMENT.fullmatch(words[0]):
        words = words[1:]
    if not words:
        return None
    program, given = words[0].rsplit("/", 1)[-1], words[1:]
    if program in {"sudo", "runuser"}:
        rest = [at for at, word in enumerate(words) if word.startswith("motp-")]
        return wrong_with(words[rest[0] :], folder) if rest else None
    match program:
        case "motp-verifier":
            return _wrong_with_verifier(given, folder)
        case "motp-desktop":
            return _wrong_with_desktop(given)
        case "make":
            return _wrong_with_make(given)
        case "python" | "python3" if given[:1] == ["-m"]:
            return _wrong_with_module(given[1])
        case "sh":
            return None if (ROOT / given[0]).is_file() else f"there is no {given[0]}"
        case _ if program in OTHERS:
            return None
    return f"{program} is neither ours nor in tests/support/commands.py"


def wrong_with_mention(span: str) -> str | None:
    """What is wrong with a command that a sentence names, with or without its arguments."""
    words = span.replace("|", " ").split()
    if words[0] == "make":
        return _wrong_with_make(words[1:])
    if words[0] == "motp-desktop":
        return None if "…" in span else _wrong_with_desktop(words[1:], mention=True)
    command: click.Command = verifier
    for word in words[1:]:
        if isinstance(command, click.Group):
            if word.startswith("-"):
                break
            if word not in command.commands:
                return f"{command.name} has no command {word}"
            command = command.commands[word]
    known = {name for each in command.params for name in each.opts} | {"--help"}
    unknown = [word for word in words if word.startswith("--") and word.split("=")[0] not in known]
    return f"{command.name} has no {unknown}" if unknown else None


def _without_redirection(words: list[str]) -> list[str]:
    for at, word in enumerate(words):
        if word and set(word) <= set("<>"):
            return words[:at]
    return words


def _wrong_with_verifier(given: list[str], folder: Path) -> str | None:
    command: click.Command = verifier
    name: str | None = "motp-verifier"
    rest = list(given)
    try:
        with click.Context(command) as context:
            while isinstance(command, click.Group):
                if not rest or rest == ["--help"]:
                    return None
                name, found, rest = command.resolve_command(context, rest)
                assert found is not None
                command = found
            if "--help" in rest:
                return None
            for word in rest:
                if re.fullmatch(r"[\w./-]+\.(csv|toml)", word):
                    (folder / Path(word).name).touch()
            command.make_context(name, [_in(folder, word) for word in rest])
    except click.ClickException as error:
        return error.format_message()
    return None


def _in(folder: Path, word: str) -> str:
    inside = folder / Path(word).name
    return str(inside) if Path(word).suffix and inside.is_file() else word


def _wrong_with_desktop(given: list[str], *, mention: bool = False) -> str | None:
    if "--help" in given or "--version" in given:
        return None
    if mention and given[:1] == ["open"]:
        return None
    try:
        _parser().parse_args(given)
    except SystemExit as error:
        return f"motp-desktop ends with {error.code}"
    return None


def _wrong_with_make(given: list[str]) -> str | None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    unknown = [word for word in given if re.fullmatch(r"[a-z-]+", word) and word not in targets]
    return f"there is no `make {unknown[0]}`" if unknown else None


def _wrong_with_module(name: str) -> str | None:
    beside = ROOT / "examples" / name.replace(".", "/")
    if beside.is_dir():
        return None
    return None if find_spec(name) is not None else f"there is no module {name}"
