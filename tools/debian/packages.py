"""What is in each Debian package, and where; see docs/packages.md and ADR 0038."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = ROOT / "packaging" / "debian"
KIOSK = ROOT / "packaging" / "kiosk"
METAINFO = "kr.motp.Authenticator.metainfo.xml"


@dataclass(frozen=True, slots=True)
class Package:
    """A Debian package. `files` lead from a place in it to what lies there."""

    name: str
    requirements: Path
    files: dict[str, Path] = field(default_factory=dict)
    folders: tuple[str, ...] = ()
    """Empty ones that it owns."""

    @property
    def templates(self) -> Path:
        """Its control files."""
        return TEMPLATES / self.name

    @property
    def home(self) -> str:
        """Where its environment lies: in `bin` the interpreter, in `lib` all packages."""
        return f"usr/lib/{self.name}"


def desktop() -> Package:
    """The app."""
    here = TEMPLATES / "motp-desktop"
    files = {
        "usr/bin/motp-desktop": here / "motp-desktop",
        "usr/share/applications/motp-desktop.desktop": here / "motp-desktop.desktop",
        "usr/share/icons/hicolor/scalable/apps/motp-desktop.svg": ROOT
        / "resources/desktop/icons/app.svg",
        f"usr/share/metainfo/{METAINFO}": here / METAINFO,
        "usr/share/man/man1/motp-desktop.1": here / "motp-desktop.1",
        "usr/share/motp-desktop/autostart/motp-desktop.desktop": here / "autostart.desktop",
        "usr/share/doc/motp-desktop/desktop.md": ROOT / "docs/desktop.md",
        "usr/share/doc/motp-desktop/kiosk.md": ROOT / "docs/kiosk.md",
        "usr/share/doc/motp-desktop/trainee.md": ROOT / "docs/trainee.md",
    }
    return Package("motp-desktop", ROOT / "requirements/desktop.txt", files | dict(_kiosk_files()))


def verifier() -> Package:
    """The service."""
    here, shared = TEMPLATES / "motp-verifier", ROOT / "packaging/verifier"
    monitoring = ROOT / "packaging/monitoring"
    files = {
        "usr/bin/motp-verifier": here / "motp-verifier",
        "etc/motp/verifier.toml": shared / "verifier.toml",
        "lib/systemd/system/motp-verifier.service": shared / "motp-verifier.service",
        "usr/share/man/man8/motp-verifier.8": here / "motp-verifier.8",
        "usr/share/doc/motp-verifier/examples/alerts.yml": shared / "alerts.yml",
        "usr/share/doc/motp-verifier/examples/prometheus.yml": monitoring / "prometheus.yml",
        "usr/share/doc/motp-verifier/examples/grafana-dashboard.json": monitoring
        / "grafana-dashboard.json",
        "usr/share/doc/motp-verifier/examples/nginx.conf": ROOT
        / "packaging/nginx/motp-verifier.conf",
        "usr/share/doc/motp-verifier/verifier.md": ROOT / "docs/verifier.md",
    }
    return Package("motp-verifier", ROOT / "requirements/verifier.txt", files)


def all_packages() -> list[Package]:
    """Every package."""
    return [desktop(), verifier()]


def _kiosk_files() -> Iterator[tuple[str, Path]]:
    """The kiosk's units: where they belong is what `motp-desktop kiosk install` decides."""
    for path in sorted(KIOSK.rglob("*")) if KIOSK.is_dir() else ():
        if path.is_file():
            yield f"usr/share/motp-desktop/kiosk/{path.relative_to(KIOSK).as_posix()}", path
