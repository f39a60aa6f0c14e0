"""`python -m training_site --verifier … --institution … --api-key-file … --accounts …`."""

import argparse
import signal
import sys
import threading
from pathlib import Path

from .accounts import read_accounts
from .gate import Gate
from .receipts import ReceiptReader
from .records import Records
from .settings import Settings
from .site import TrainingSite
from .verifier import Verifier
from .web import make_server


def main() -> int:
    """Serve until told to stop."""
    settings = _settings()
    verifier = Verifier(settings.verifier, settings.api_key)
    records = Records(settings.records)
    receipts = ReceiptReader(settings.verifier, settings.institution, verifier.published_keys)
    accounts = read_accounts(settings.accounts)
    site = TrainingSite(settings, accounts, verifier, Gate(verifier, receipts, records), records)
    server = make_server(settings.port, site.answer)
    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(f"The training site is at {settings.origin}", flush=True)
    stopping.wait()
    server.shutdown()
    server.server_close()
    return 0


def _settings() -> Settings:
    parser = argparse.ArgumentParser(prog="training_site", description="A sample training site.")
    parser.add_argument("--verifier", required=True, help="its origin: https://otp.example.kr")
    parser.add_argument("--institution", required=True, help="its id there: the receipts' aud")
    parser.add_argument("--api-key-file", required=True, type=Path)
    parser.add_argument("--accounts", required=True, type=Path, help="CSV: 아이디, 이름, 전화번호")
    parser.add_argument("--records", default=Path("attendance.sqlite3"), type=Path)
    parser.add_argument("--port", default=8472, type=int)
    parser.add_argument("--origin", default="", help="where browsers reach this site")
    given = parser.parse_args()
    return Settings(
        verifier=given.verifier,
        institution=given.institution,
        api_key=given.api_key_file.read_text("ascii").strip(),
        accounts=given.accounts,
        records=given.records,
        origin=given.origin or f"http://localhost:{given.port}",
        port=given.port,
    )


if __name__ == "__main__":
    sys.exit(main())
