"""What the site must be told."""

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Settings:
    """`origin` is where browsers reach the site: the institution's policy lists it.

    `verifier` is the verifier's own origin; `institution` the id by which it knows the site's
    institution; `accounts` a CSV file of trainees, which can be its roster at the same time.
    """

    verifier: str
    institution: str
    api_key: str = field(repr=False)
    accounts: Path
    records: Path
    origin: str
    port: int
