"""The integrator's guide runs as it stands: its commands, files, Python and plain HTTP."""

import json
import re
import shlex
import textwrap
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from string import Template
from typing import Any
from urllib.parse import quote_plus

import httpx
import pytest
import requests
from click.testing import CliRunner

from demo.stack import VerifierProcess
from motp_protocol.problems import ProblemType
from motp_verifier.cli import main
from motp_verifier.http.form_answers import FormCode
from tests.architecture.imports import ROOT
from tests.released.make import right
from tests.support.live_verifier import LiveVerifier, Person
from tests.support.pc import Pc

pytestmark = pytest.mark.xdist_group("integration-guide")

GUIDE = (ROOT / "docs" / "integration.md").read_text("utf-8")
HOOK = "the trainee proves the phone on the pop-up"
PIECE = re.compile(r"^```(\w+)\n(.*?)^```$|^<!-- (.*?) -->$", re.DOTALL | re.MULTILINE)
PERIOD_MS = 30_000
TELLS_NOTHING = "…"


@dataclass(frozen=True)
class Snippet:
    """A fenced block of the guide, or what happens between two. `line` is where it begins."""

    kind: str
    text: str
    line: int


def snippets() -> list[Snippet]:
    return [
        Snippet(found[1] or "hook", found[2] or found[3], GUIDE.count("\n", 0, found.start()) + 2)
        for found in PIECE.finditer(GUIDE)
    ]


class Reader:
    """Somebody who does what the guide says, from top to bottom."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self._folder = folder
        self._environment = monkeypatch
        self._data = folder / "verifier"
        self._names: dict[str, Any] = {}
        self._codes: Iterator[str] = iter(())
        self._answer: httpx.Response | None = None
        self.api_key = ""
        self.verifier: LiveVerifier
        self.done: list[str] = []

    def follow(self, snippet: Snippet) -> None:
        getattr(self, f"_{snippet.kind}")(snippet)
        self.done.append(snippet.kind)

    @contextmanager
    def prepared(self) -> Iterator[LiveVerifier]:
        """What is not a request comes first: commands and files."""
        policies = self._folder / "policies"
        policies.mkdir()
        for snippet in snippets():
            if snippet.kind == "csv":
                (self._folder / "roster.csv").write_text(snippet.text, "utf-8")
            elif snippet.kind == "toml":
                (policies / "hanbit.toml").write_text(snippet.text, "utf-8")
        for snippet in snippets():
            if snippet.kind == "console":
                self._type(snippet.text)
        settings = self._folder / "verifier.toml"
        settings.write_text(f'policy_dir = "{policies.as_posix()}"\n', "utf-8")
        with VerifierProcess(self._data, "--config", str(settings)) as process:
            self.verifier = LiveVerifier(process, self.api_key)
            self._environment.setenv("MOTP_VERIFIER", process.origin)
            self._environment.setenv("MOTP_API_KEY", self.api_key)
            hong = self._pc(Person("홍길동", "010-1234-5678"))
            kim = self._pc(Person("김영희", "010-2345-6789"))
            # A code is good once: each request of the guide takes one of its own.
            self._names["typed"] = hong.code()
            self._codes = iter([kim.code(), self._next_code(hong)])
            yield self.verifier

    def _type(self, lines: str) -> None:
        for line in lines.splitlines():
            program, *arguments = shlex.split(line)
            assert program == "motp-verifier"
            found = [
                str(self._folder / each) if each.endswith(".csv") else each for each in arguments
            ]
            result = CliRunner().invoke(main, [*found, "--data-dir", str(self._data)])
            assert result.exit_code == 0, result.output
            keys = [word for word in result.output.split() if word.startswith("motp_")]
            self.api_key = keys[0] if keys else self.api_key

    def _pc(self, person: Person) -> Pc:
        pc = Pc(self.verifier.origin, self._folder / person.phone)
        pc.enrol(self.verifier, person)
        pc.unlock()
        return pc

    def _next_code(self, pc: Pc) -> str:
        seed = self.verifier.seed(pc.vault().registration_id)
        return right(time.time_ns() // 1_000_000 + PERIOD_MS, seed)

    def _console(self, snippet: Snippet) -> None:
        """Done before."""

    _csv = _toml = _console

    def _python(self, snippet: Snippet) -> None:
        # So that a traceback names the guide's own lines.
        source = "\n" * (snippet.line - 1) + snippet.text
        exec(compile(source, "docs/integration.md", "exec"), self._names)

    def _http(self, snippet: Snippet) -> None:
        result = self._names.get("outcome", {}).get("result") or {}
        text = Template(snippet.text).substitute(
            API_KEY=self.api_key,
            CODE=next(self._codes) if "$CODE" in snippet.text else "",
            NAME=quote_plus("홍길동"),
            POPUP_ID=self._names.get("popup_id", ""),
            TRANSACTION_ID=result.get("transaction_id", ""),
        )
        head, _, body = text.partition("\n\n")
        request_line, *fields = head.splitlines()
        method, target, version = request_line.split(" ")
        assert version == "HTTP/1.1"
        headers = dict(field.split(": ", 1) for field in fields)
        content = body.strip().encode("utf-8")
        self._answer = httpx.request(
            method, f"{self.verifier.origin}{target}", headers=headers, content=content
        )
        assert self._answer.is_success, f"line {snippet.line}: {self._answer.text}"

    def _json(self, snippet: Snippet) -> None:
        """The answer to the request before it, member by member."""
        assert self._answer is not None
        compare(json.loads(snippet.text), self._answer.json(), f"line {snippet.line}")

    def _js(self, snippet: Snippet) -> None:
        """What the sample site runs in a browser, in tests/browser."""
        static = ROOT / "examples" / "training_site" / "static"
        assert snippet.text in (static / "popups.js").read_text("utf-8")

    def _hook(self, snippet: Snippet) -> None:
        assert snippet.text == HOOK
        address = str(self._names["address"])
        with requests.Session() as browser:
            browser.headers["Origin"] = self.verifier.origin
            assert browser.get(address, timeout=10).ok
            assert browser.post(f"{address}/phone", timeout=10).ok
            code = self.verifier.identity_code(Person("홍길동", "010-1234-5678"))
            assert browser.post(f"{address}/phone/confirm", data={"code": code}, timeout=10).ok


def compare(said: Any, got: Any, where: str) -> None:
    """That an answer has just the members that the guide shows, and the values that it tells."""
    if said == TELLS_NOTHING:
        assert got is not None, where
    elif isinstance(said, dict):
        assert isinstance(got, dict), where
        assert sorted(said) == sorted(got), where
        for name, value in said.items():
            compare(value, got[name], f"{where}: {name}")
    else:
        assert got == said, where


def test_every_snippet_of_the_guide_runs_as_it_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = Reader(tmp_path, monkeypatch)
    with reader.prepared() as verifier:
        for snippet in snippets():
            reader.follow(snippet)
        schema = httpx.get(f"{verifier.origin}/schema").json()
    assert problems_of_sites(schema) <= slugs_of_the_guide()
    assert set(reader.done) == {"console", "csv", "toml", "python", "http", "json", "js", "hook"}
    assert reader.done.count("http") == reader.done.count("json") == 7


def problems_of_sites(schema: dict[str, Any]) -> set[str]:
    """What the OpenAPI document says that sites may be refused with."""
    return {
        slug
        for operations in schema["paths"].values()
        for operation in operations.values()
        if operation.get("tags") == ["site"]
        for status, response in operation["responses"].items()
        if int(status) >= 400
        for slug in response["description"].split(", ")
    }


def slugs_of_the_guide() -> set[str]:
    """The problems in its table."""
    rows = table("When it says no").splitlines()[2:]
    found = {slug for row in rows for slug in re.findall(r"`([a-z-]+)`", row.split("|")[1])}
    assert found <= {each.slug for each in ProblemType}
    return found


def test_the_python_of_the_guide_is_one_program_that_needs_two_packages() -> None:
    imported = {
        line.split()[1].partition(".")[0]
        for snippet in snippets()
        if snippet.kind == "python"
        for line in textwrap.dedent(snippet.text).splitlines()
        if line.startswith(("import ", "from "))
    }
    assert imported - {"base64", "json", "os", "secrets"} == {"requests", "cryptography"}


def table(section: str) -> str:
    """The lines of a section of the guide that are of a table."""
    text = GUIDE.partition(f"\n## {section}\n")[2].partition("\n## ")[0]
    return "\n".join(line for line in text.splitlines() if line.startswith("|"))


def test_the_guide_has_every_code_of_the_form_interface() -> None:
    told = set(re.findall(r"`([A-Z]{2}[0-9]{3}|200)`", table("The agency's form interface")))
    assert told == {each.code for each in FormCode}
