"""The demo's page: where text messages arrive, and the ways to the training site and the app."""

import json
import threading
from collections.abc import Callable
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs

from demo.stack import text_messages

_LONGEST_REQUEST = 4096
_HTML = (Path(__file__).parent / "page.html").read_text("utf-8")
_TEXT = "text/html; charset=utf-8"
_JSON = "application/json"


class DemoPage:
    """A small web server on loopback; `address` is what to open."""

    def __init__(self, data_dir: Path, site: str, open_link: Callable[[str], object]) -> None:
        """`site` is the training site's origin; `open_link` hands a `motp://` link to the app."""
        html = _HTML.replace("{site}", site).encode("utf-8")

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                if self.path == "/":
                    self._answer(html, _TEXT)
                elif self.path == "/messages":
                    self._answer(_encoded(text_messages(data_dir)[::-1]), _JSON)
                else:
                    self.send_error(HTTPStatus.NOT_FOUND)

            def do_POST(self) -> None:
                length = self.headers.get("Content-Length", "")
                if not length.isdigit() or int(length) > _LONGEST_REQUEST:
                    self.send_error(HTTPStatus.BAD_REQUEST)
                    return
                form = parse_qs(self.rfile.read(int(length)).decode("utf-8", "replace"))
                link = form.get("link", [""])[0].strip()
                if not link.startswith("motp://"):
                    self.send_error(HTTPStatus.BAD_REQUEST)
                    return
                open_link(link)
                self.send_response(HTTPStatus.SEE_OTHER)
                self.send_header("Location", "/")
                self.send_header("Content-Length", "0")
                self.end_headers()

            def _answer(self, body: bytes, content_type: str) -> None:
                self.send_response(HTTPStatus.OK)
                self.send_header("Content-Type", content_type)
                self.send_header("Content-Length", str(len(body)))
                self.send_header("Cache-Control", "no-store")
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self._server.server_port}/"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        """Stop serving."""
        self._server.shutdown()
        self._server.server_close()


def _encoded(value: list[str]) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode("utf-8")
