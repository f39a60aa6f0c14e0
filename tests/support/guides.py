"""The pages in docs/ as a test reads them: their blocks, links, pictures and quotations."""

import re
from datetime import UTC, datetime

import msgspec

from motp_desktop.ui.texts.helpdesk.findings import diagnosis
from motp_protocol.encoding import format_time
from motp_protocol.helpdesk import Finding
from tests.architecture.imports import ROOT

DOCS = ROOT / "docs"
TODAY = "2026-11-26"
"""The day on which the handbook is read, in whatever zone."""


def finding_of(told: str) -> Finding:
    """A finding from its cause and facts: `pin-locked count=5 at=09:12`, in local time."""
    cause, *facts = told.split()
    given = dict(fact.split("=", 1) for fact in facts)
    if "at" in given:
        given["at"] = _at(given["at"])
    return msgspec.convert({"cause": cause, **given}, Finding, strict=False)


def quoted(finding: Finding) -> str:
    """The block quotation that says what the console says of it, in the language installed."""
    told = diagnosis(finding, _at("14:30"))
    lines = [f"**{told.what}**", *([told.facts] if told.facts else []), "", told.step]
    return "\n".join(f"> {line}".rstrip() for line in lines)


def quotations(page: str) -> list[tuple[str, str]]:
    """The quotations of a page: the comment before each, and the block."""
    found = re.findall(r"^<!-- finding: (.*?) -->\n((?:>.*\n?)+)", page, re.MULTILINE)
    return [(told, block.rstrip("\n")) for told, block in found]


def to_run(page: str) -> dict[str, str]:
    """The blocks of commands that a test runs, by the name in the comment before each."""
    found = re.findall(r"^<!-- run: (\w+) -->\n```sh\n(.*?)^```$", page, re.DOTALL | re.MULTILINE)
    return dict(found)


def prose(page: str) -> str:
    """A page without its code and comments, with a blank for each line break."""
    without = re.sub(
        r"^ *```.*?^ *```$|<!--.*?-->|`[^`\n]+`", "", page, flags=re.DOTALL | re.MULTILINE
    )
    return re.sub(r"\s+", " ", without)


def _at(local: str) -> str:
    """A local time of today, or of the day that it names, as the verifier tells times."""
    moment = datetime.fromisoformat(local if "T" in local else f"{TODAY}T{local}").astimezone()
    return format_time(round(moment.astimezone(UTC).timestamp() * 1000))
