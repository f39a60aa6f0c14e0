"""Policy files: TOML that people write, and what is wrong with it in their words."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, cast, get_args

from motp_protocol.fields import Occasion
from motp_verifier.services.site_policy.faults import Faults, either
from motp_verifier.services.site_policy.form_section import read_form_interface
from motp_verifier.services.site_policy.model import (
    DEFAULT_OCCASIONS,
    CoursePolicy,
    HowOften,
    SitePolicy,
)
from motp_verifier.services.site_policy.popup_section import read_popup_origins

RATE = re.compile(r"[1-9][0-9]{0,8}/(?:[1-9][0-9]{0,2} )?(?:second|minute|hour|day)s?")
"""A rate limit: `600/minute`, `5000/10 minutes`."""

MAX_BYTES = 1024 * 1024
_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_MAX_TEXT = 64
_TOP = ("require_name_verified", "occasions", "limits", "courses", "form_interface", "popup")
_LIMITS = ("requests", "failures")
_COURSE = ("ids", "classes", "require_name_verified", "occasions")


@dataclass(frozen=True, slots=True)
class BadPolicy:
    """What is wrong with a policy file: each says the file, the key, and what is allowed."""

    faults: tuple[str, ...]


class _Wrong(Exception):
    """The file cannot be read as TOML at all."""


def institution_of(file: Path) -> str | None:
    """The id of the institution whose policy a file is, by its name; None for no id."""
    name = file.name.removesuffix(".toml")
    return name if file.name != name and _ID.fullmatch(name) else None


def read_policy(file: Path) -> SitePolicy | BadPolicy:
    """The policy in a file. Raises OSError where it cannot be read."""
    faults = Faults(file)
    if institution_of(file) is None:
        message = "a policy file is called <institution>.toml, by 1 to 64 of A-Z, a-z, 0-9, _ and -"
        return BadPolicy((f"{file}: {message}",))
    try:
        data = _parse(file)
    except _Wrong as error:
        return BadPolicy((f"{file}: {error}",))
    faults.unknown_keys("", data, _TOP)
    general = _course_policy(faults, "", data, CoursePolicy())
    requests, failures = _limits(faults, data.get("limits", {}))
    courses, classes = _courses(faults, data.get("courses", []), general)
    form_interface = read_form_interface(faults, data.get("form_interface", {}))
    popup_origins = read_popup_origins(faults, data.get("popup", {}))
    if faults.found:
        return BadPolicy(tuple(faults.found))
    return SitePolicy(general, courses, classes, requests, failures, form_interface, popup_origins)


def _parse(file: Path) -> dict[str, Any]:
    with file.open("rb") as opened:
        raw = opened.read(MAX_BYTES + 1)
    if len(raw) > MAX_BYTES:
        raise _Wrong("the file is larger than 1 MiB")
    try:
        return tomllib.loads(raw.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise _Wrong("the file is not UTF-8") from error
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise _Wrong(f"the file is not TOML: {error}") from error


def _course_policy(
    faults: Faults, where: str, table: Mapping[str, Any], above: CoursePolicy
) -> CoursePolicy:
    """What a table says of occasions and names, over what holds above it."""
    verified = table.get("require_name_verified", above.require_name_verified)
    if not isinstance(verified, bool):
        faults.add(f"{where}require_name_verified", "use true or false")
        verified = above.require_name_verified
    occasions = dict(above.occasions)
    given = table.get("occasions", {})
    if not isinstance(given, dict):
        faults.add(f"{where}occasions", 'is a table, such as [occasions] lesson = "once-per-day"')
        given = {}
    faults.unknown_keys(f"{where}occasions.", given, tuple(DEFAULT_OCCASIONS))
    for occasion, often in given.items():
        if occasion not in DEFAULT_OCCASIONS:
            continue
        if often in get_args(HowOften):
            occasions[cast(Occasion, occasion)] = often
        else:
            faults.add(f"{where}occasions.{occasion}", f"use {either(get_args(HowOften))}")
    return CoursePolicy(MappingProxyType(occasions), verified)


def _limits(faults: Faults, table: Any) -> tuple[str | None, str | None]:
    if not isinstance(table, dict):
        faults.add("limits", 'is a table, such as [limits] requests = "600/minute"')
        return None, None
    faults.unknown_keys("limits.", table, _LIMITS)
    for key in _LIMITS:
        value = table.get(key)
        if value is not None and not (isinstance(value, str) and RATE.fullmatch(value)):
            faults.add(f"limits.{key}", 'use a rate such as "600/minute" or "5000/10 minutes"')
    return table.get("requests"), table.get("failures")


def _courses(
    faults: Faults, tables: Any, general: CoursePolicy
) -> tuple[dict[str, CoursePolicy], dict[tuple[str, str], CoursePolicy]]:
    courses: dict[str, CoursePolicy] = {}
    classes: dict[tuple[str, str], CoursePolicy] = {}
    if not (isinstance(tables, list) and all(isinstance(table, dict) for table in tables)):
        faults.add("courses", 'is a list of tables: [[courses]] ids = ["C-100"]')
        return courses, classes
    numbered = list(enumerate(tables, start=1))
    # Whole courses first: what is said of a class goes over what is said of its course.
    for number, table in sorted(numbered, key=lambda item: "classes" in item[1]):
        where = f"courses (number {number})."
        faults.unknown_keys(where, table, _COURSE)
        ids = _texts(faults, f"{where}ids", table.get("ids"))
        only = _texts(faults, f"{where}classes", table["classes"]) if "classes" in table else []
        if "classes" not in table:
            policy = _course_policy(faults, where, table, general)
            _put(faults, f"{where}ids", courses, [(each, policy) for each in ids])
            continue
        for course in ids:
            policy = _course_policy(faults, where, table, courses.get(course, general))
            _put(faults, f"{where}classes", classes, [((course, each), policy) for each in only])
    return courses, classes


def _put(faults: Faults, key: str, into: dict[Any, Any], items: list[tuple[Any, Any]]) -> None:
    for name, value in items:
        if name in into:
            said = name if isinstance(name, str) else " class ".join(name)
            faults.add(key, f"{said!r} is there twice; say all of it in one place")
        into[name] = value


def _texts(faults: Faults, key: str, value: Any) -> list[str]:
    if (
        isinstance(value, list)
        and value
        and all(isinstance(text, str) and 0 < len(text) <= _MAX_TEXT for text in value)
    ):
        return value
    faults.add(key, f"is a list of one or more texts of 1 to {_MAX_TEXT} characters")
    return []
