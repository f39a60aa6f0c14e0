"""Debian's nginx with the configuration that is shipped, in front of verifiers on loopback."""

import contextlib
import os
import shutil
import socket
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from tests.support.private_tls import Authority
from tests.support.waiting import wait_until

SHIPPED = Path(__file__).parents[2] / "packaging/nginx/motp-verifier.conf"
HOST = "localhost"
_BINARY = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
_AROUND = """\
{user}
daemon off;
worker_processes 1;
pid {folder}/pid;
error_log {folder}/error.log;
events {{ }}
http {{
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/motp-verifier.conf;
}}
"""

needs_nginx = pytest.mark.skipif(
    _BINARY is None, reason="nginx is not installed: apt-get install nginx-light"
)


class Nginx:
    """What is changed in the shipped file is what its comments say to change."""

    def __init__(self, folder: Path, port: int, root: Path) -> None:
        self.origin = f"https://{HOST}:{port}"
        self.port = port
        self.root = root
        self.access_log = folder / "access.log"
        self.error_log = folder / "motp.error.log"


def free_ports(number: int) -> list[int]:
    """Ports that nobody listens on."""
    with contextlib.ExitStack() as taken:
        sockets = [taken.enter_context(socket.socket()) for _ in range(number)]
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [each.getsockname()[1] for each in sockets]


@contextlib.contextmanager
def nginx(folder: Path, port: int, verifiers: Sequence[int]) -> Iterator[Nginx]:
    """One that serves TLS on `port` before the verifiers' ports."""
    assert _BINARY is not None
    folder.mkdir()
    authority = Authority(folder)
    pem = str(authority.issue(HOST))
    one, other = (*verifiers, None)[:2]
    changes = {
        "server_name otp.example.kr;": f"server_name {HOST};",
        "https://otp.example.kr$request_uri": f"https://{HOST}:{port}$request_uri",
        "/etc/letsencrypt/live/otp.example.kr/fullchain.pem": pem,
        "/etc/letsencrypt/live/otp.example.kr/privkey.pem": pem,
        "/var/log/nginx/motp.": f"{folder}/",
        "listen 80;": f"listen 127.0.0.1:{free_ports(1)[0]};",
        "listen [::]:80;": "",
        "listen 443 ssl": f"listen 0.0.0.0:{port} ssl",
        "listen [::]:443 ssl http2;": "",
        "server 127.0.0.1:8470 ": f"server 127.0.0.1:{one} ",
    }
    if other is not None:
        changes["# server 127.0.0.1:8471 "] = f"server 127.0.0.1:{other} "
    text = SHIPPED.read_text("utf-8")
    for old, new in changes.items():
        assert old in text, old
        text = text.replace(old, new)
    (folder / "motp-verifier.conf").write_text(text, "utf-8")
    user = "user root;" if os.geteuid() == 0 else ""
    main = folder / "nginx.conf"
    main.write_text(_AROUND.format(folder=folder, user=user), "utf-8")
    log = folder / "error.log"
    with subprocess.Popen([_BINARY, "-c", str(main), "-e", str(log)]) as process:
        try:
            wait_until(lambda: _listens(port) or process.poll() is not None)
            assert process.poll() is None, log.read_text("utf-8")
            running = Nginx(folder, port, authority.root)
            running.error_log = folder / "error.log"
            yield running
        finally:
            process.terminate()


def _listens(port: int) -> bool:
    with contextlib.suppress(OSError):
        socket.create_connection(("127.0.0.1", port), 5).close()
        return True
    return False
