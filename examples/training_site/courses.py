"""What can be learned here, and which step of it asks for a check."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

Occasion: TypeAlias = Literal["entry", "lesson", "exam"]


@dataclass(frozen=True, slots=True)
class Course:
    """One class of a course."""

    id: str
    class_: str
    title: str
    title_en: str
    lessons: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Step:
    """What a trainee wants to do: enter the course, take a lesson, take the exam.

    `session` is 0 for entry, and counts from 1 for the rest: the exam is the last.
    """

    course: Course
    occasion: Occasion
    session: int

    @property
    def path(self) -> str:
        """Its place in this site's addresses."""
        return f"{self.course.id}/{self.occasion}/{self.session}"


COURSES = (
    Course(
        "safety",
        "2026-1",
        "산업안전 기초",
        "Safety at work",
        (("보호구 고르기", "Choosing gear"), ("위험 찾기", "Finding hazards")),
    ),
    Course(
        "excel",
        "2026-1",
        "실무 엑셀",
        "Spreadsheets at work",
        (("표와 수식", "Tables and formulas"), ("차트", "Charts")),
    ),
)


def steps_of(course: Course) -> Iterator[Step]:
    """All steps of a course, in their order."""
    yield Step(course, "entry", 0)
    for session in range(1, len(course.lessons) + 1):
        yield Step(course, "lesson", session)
    yield Step(course, "exam", len(course.lessons) + 1)


STEPS = {step.path: step for course in COURSES for step in steps_of(course)}
"""By their path: whatever else an address names is not there."""
