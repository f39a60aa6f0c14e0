"""A policy as the services ask it."""

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal, TypeAlias

from motp_protocol.fields import Occasion

HowOften: TypeAlias = Literal[
    "never",
    "once-per-class",
    "once-per-session",
    "once-per-day",
    "once-per-day-in-any-course",
    "every-time",
]

DEFAULT_OCCASIONS: Mapping[Occasion, HowOften] = MappingProxyType(
    {
        "entry": "once-per-class",
        "lesson": "once-per-day",
        "exam": "every-time",
        "assignment": "every-time",
        "progress": "every-time",
        "discussion": "every-time",
        "other_evaluation": "every-time",
        "supplement": "once-per-day",
        "other": "every-time",
    }
)


@dataclass(frozen=True, slots=True)
class CoursePolicy:
    """What holds for one class of one course.

    `require_name_verified`: only a registration whose number was proven to be in the
    trainee's own name will do.
    """

    occasions: Mapping[Occasion, HowOften] = field(default_factory=lambda: DEFAULT_OCCASIONS)
    require_name_verified: bool = False


Address: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address
Network: TypeAlias = ipaddress.IPv4Network | ipaddress.IPv6Network


@dataclass(frozen=True, slots=True)
class FormInterface:
    """Who may use the agency's form interface in an institution's name.

    `addresses` are its servers'. `origins` are those of its pages, which may call from a
    browser where `browser` is on.
    """

    enabled: bool = False
    addresses: tuple[Network, ...] = ()
    browser: bool = False
    origins: frozenset[str] = frozenset()

    @property
    def page_origins(self) -> frozenset[str]:
        """The origins of pages that may call now."""
        return self.origins if self.enabled and self.browser else frozenset()


@dataclass(frozen=True, slots=True)
class SitePolicy:
    """An institution's policy.

    `classes` has what differs for single classes by (course, class), `courses` for whole
    courses. `requests` and `failures` are rate limits such as `600/minute`, or None for
    the verifier's own. `popup_origins` are those that pop-ups may report to.
    """

    general: CoursePolicy = field(default_factory=CoursePolicy)
    courses: Mapping[str, CoursePolicy] = field(default_factory=dict)
    classes: Mapping[tuple[str, str], CoursePolicy] = field(default_factory=dict)
    requests: str | None = None
    failures: str | None = None
    form_interface: FormInterface = field(default_factory=FormInterface)
    popup_origins: tuple[str, ...] = ()

    def of(self, course: str, class_: str) -> CoursePolicy:
        """What holds for a class: the most exact that is said of it."""
        if self.classes and (found := self.classes.get((course, class_))) is not None:
            return found
        return self.courses.get(course, self.general)


DEFAULT_POLICY = SitePolicy()
