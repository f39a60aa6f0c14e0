"""Which version this is."""

from functools import cache
from importlib import metadata


@cache
def installed_version() -> str:
    """The version of the installed distribution; empty where none is.

    Kept: to look it up goes through every folder of the path.
    """
    try:
        return metadata.version("motp-desktop")
    except metadata.PackageNotFoundError:
        return ""
