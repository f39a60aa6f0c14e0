"""Refuses to build a package whose translations are not compiled: it would be Korean only."""

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompleteBuild(BuildHookInterface[Any]):
    """Looks before anything is packed."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """See BuildHookInterface. An editable installation finds what is compiled later."""
        if version == "editable":
            return
        sources = sorted((Path(self.root) / "resources/desktop/i18n").glob("*.ts"))
        missing = [file.name for file in sources if not file.with_suffix(".qm").is_file()]
        if missing:
            raise FileNotFoundError(
                f"{', '.join(missing)}: not compiled; run `sh tools/translate.sh release` first"
            )
