"""Where the files that come with the verifier are."""

from pathlib import Path


def resource_folder(name: str) -> Path:
    """A folder of resources: beside the installed package, or in the repository."""
    package = Path(__file__).parent
    installed = package / "resources" / name
    return installed if installed.is_dir() else package.parent / "resources" / "verifier" / name
