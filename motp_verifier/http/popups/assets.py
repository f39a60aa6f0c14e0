"""The page's style and script: files of their own, for nothing may stand in the page itself."""

import hashlib
from pathlib import Path

from litestar import Response, get
from litestar.handlers import HTTPRouteHandler

from motp_verifier.http.router import Router

_MEDIA_TYPES = {"css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8"}
_FOLDER = "/popup-assets"
_A_YEAR = "public, max-age=31536000, immutable"


class Assets:
    """The files, read once. Their addresses change with what is in them."""

    def __init__(self, folder: Path) -> None:
        self._files: dict[str, tuple[bytes, str]] = {}
        self.style = self._add(folder / "popup.css")
        self.script = self._add(folder / "popup.js")

    def router(self) -> Router:
        """The routes of these files, each for any browser to keep."""
        return Router(
            _FOLDER,
            route_handlers=[_route(name, *file) for name, file in self._files.items()],
        )

    def _add(self, path: Path) -> str:
        data = path.read_bytes()
        kind = path.suffix.removeprefix(".")
        name = f"{path.stem}.{hashlib.sha256(data).hexdigest()[:16]}.{kind}"
        self._files[name] = (data, _MEDIA_TYPES[kind])
        return f"{_FOLDER}/{name}"


def _route(name: str, data: bytes, media_type: str) -> HTTPRouteHandler:
    @get(f"/{name}", include_in_schema=False, name=name)
    async def asset() -> Response[bytes]:
        return Response(data, media_type=media_type, headers={"Cache-Control": _A_YEAR})

    return asset
