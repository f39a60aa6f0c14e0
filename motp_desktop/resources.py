"""Where the app's own files lie: beside the package when installed, in the repository before."""

from pathlib import Path


def resource(*parts: str) -> Path:
    """The path of one of the app's files, such as `resource("icons", "lock.svg")`."""
    package = Path(__file__).resolve().parent
    installed = package / "resources"
    root = installed if installed.is_dir() else package.parent / "resources" / "desktop"
    return root.joinpath(*parts)
