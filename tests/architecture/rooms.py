"""Who may import whom, room by room.

A module lives in the room with the longest name that its own begins with. Beside what is
listed, every room may import itself and the standard library. import-linter, configured in
`pyproject.toml`, sees chains of imports; this table sees exact names (`PySide6.QtCore` is not
`PySide6.QtWidgets`) and allows only what it lists.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Room:
    """What the modules under a name may import, and what to do about anything else."""

    name: str
    may_import: tuple[str, ...]
    advice: str


# What motp_protocol itself is made of is pure, so that any room may use it.
_PURE = ("motp_protocol", "msgspec", "cryptography")
_PORTS = (
    "motp_desktop.services.ports",
    "motp_desktop.services.approval_outcomes",
    "motp_desktop.services.outcomes",
    # What there is to say, as the outcomes are: no use case among them.
    "motp_desktop.services.device_facts",
    "motp_desktop.services.settings",
    "motp_desktop.services.helpdesk.outcomes",
    "motp_desktop.services.helpdesk.offers",
    "motp_desktop.services.helpdesk.ports",
    "motp_desktop.services.helpdesk.reasons",
    "motp_desktop.services.kiosk.outcomes",
)
_SCREEN = (
    "motp_protocol",
    "motp_desktop.ui",
    "motp_desktop.services.device_facts",
    "motp_desktop.services.helpdesk.offers",
    "motp_desktop.services.helpdesk.outcomes",
    "motp_desktop.services.helpdesk.ports.AuditQuery",
    "motp_desktop.services.helpdesk.ports.Order",
    "motp_desktop.services.helpdesk.ports.Picture",
    "motp_desktop.services.helpdesk.reasons",
    "motp_desktop.services.kiosk.outcomes",
    "motp_desktop.services.outcomes",
    "motp_desktop.services.settings",
    "motp_desktop.services.use_cases.CodeNow",
    "PySide6.QtCore",
    "PySide6.QtGui",
    "PySide6.QtSvg",
    "PySide6.QtWidgets",
)

ROOMS = (
    Room(
        "motp_protocol",
        ("msgspec", "cryptography", "pyotp"),
        "motp_protocol is pure and shared: move the rest to the side that needs it",
    ),
    Room(
        "motp_desktop",
        ("motp_desktop", "motp_protocol", "PySide6", "platformdirs", "msgspec"),
        "the edge of the app only joins rooms: use an adapter for the outside world",
    ),
    Room(
        "motp_desktop.services",
        _PURE,
        "a use case knows ports, not tools: add a method to a port and use it in an adapter",
    ),
    Room(
        "motp_desktop.services.adapters",
        (
            *_PURE,
            "motp_desktop.bugs",
            "motp_desktop.services",
            *("keyring", "requests", "truststore", "urllib3", "zxingcpp"),
        ),
        "an adapter serves the ports and knows nothing of screens",
    ),
    Room(
        "motp_desktop.ui",
        (*_SCREEN, *_PORTS, "PySide6.QtNetwork", "motp_desktop.bugs", "motp_desktop.resources"),
        "the user interface knows outcomes: give a view model the use case instead",
    ),
    Room(
        "motp_desktop.ui.run",
        ("motp_desktop", "motp_protocol", "PySide6"),
        "only what joins the window to its services belongs here",
    ),
    Room(
        "motp_desktop.ui.run_helpdesk",
        ("motp_desktop", "motp_protocol", "PySide6"),
        "only what joins the console's window to its services belongs here",
    ),
    Room(
        "motp_desktop.ui.run_kiosk",
        ("motp_desktop", "motp_protocol", "PySide6"),
        "only what joins the kiosk's window to its services belongs here",
    ),
    Room(
        "motp_desktop.ui.kiosk_application",
        (
            *_SCREEN,
            "motp_desktop.kiosk_services.KioskServices",
            "motp_desktop.services.kiosk.ports",
            "motp_desktop.bugs",
        ),
        "the kiosk hands services to view models: only kiosk_services makes them",
    ),
    Room(
        "motp_desktop.ui.kiosk_navigation",
        ("motp_protocol", *_PORTS),
        "navigation is a pure reducer: no Qt, no use case; give it an event",
    ),
    Room(
        "motp_desktop.ui.qt_screen_saver",
        ("PySide6.QtDBus",),
        "it asks the session and waits for nobody",
    ),
    Room(
        "motp_desktop.ui.console",
        (
            *_SCREEN,
            *_PORTS,
            "motp_desktop.services.helpdesk",
            "motp_desktop.helpdesk_services",
            "motp_desktop.bugs",
        ),
        "the console hands services to view models: only helpdesk_services makes them",
    ),
    Room(
        "motp_desktop.ui.live",
        ("motp_desktop.services.helpdesk", "motp_desktop.bugs", "PySide6.QtCore", "motp_protocol"),
        "the thread listens and posts: what follows from a notice is a view model's",
    ),
    Room(
        "motp_desktop.ui.application",
        (*_SCREEN, *_PORTS, "motp_desktop.bootstrap.Services", "motp_desktop.bugs"),
        "the application hands services to view models: only bootstrap makes them",
    ),
    Room(
        "motp_desktop.ui.navigation",
        ("motp_protocol", *_PORTS, "motp_desktop.ui.events"),
        "navigation is a pure reducer: no Qt, no use case; give it an event",
    ),
    Room(
        "motp_desktop.ui.session",
        ("motp_desktop.ui.session", "PySide6.QtCore", "PySide6.QtDBus", "PySide6.QtGui"),
        "a watch tells that nobody sits here any more: what follows from it is the window's",
    ),
    Room(
        "motp_desktop.ui.tasks",
        ("PySide6.QtCore",),
        "the runner knows callables, not what they do",
    ),
    Room(
        "motp_desktop.ui.viewmodels",
        (
            "motp_protocol",
            *_PORTS,
            "motp_desktop.services.helpdesk",
            "motp_desktop.services.kiosk",
            "motp_desktop.services.use_cases",
            "motp_desktop.ui.browser",
            "motp_desktop.ui.clipboard",
            "motp_desktop.ui.events",
            "motp_desktop.ui.kiosk_navigation",
            "motp_desktop.ui.navigation",
            "motp_desktop.ui.paper",
            "motp_desktop.ui.speaker",
            "motp_desktop.ui.tasks",
            "PySide6.QtCore",
        ),
        "a view model shows nothing itself: put it into State and let the view render it",
    ),
    Room(
        "motp_desktop.ui.views",
        _SCREEN,
        "a view binds and renders: ask the view model by a command",
    ),
    Room(
        "motp_desktop.ui.widgets",
        (*_SCREEN, "qrcode"),
        "a widget is dumb and reusable: give it values and signals",
    ),
    Room(
        "motp_verifier",
        ("motp_verifier", *_PURE, "alembic", "click", "httptools", "httpx", "litestar", "uvicorn"),
        "declare the library in pyproject.toml and list it in tests/architecture/rooms.py",
    ),
    Room(
        "motp_verifier.metrics",
        (),
        "the metrics are a port: what counts them is motp_verifier.prometheus",
    ),
    Room(
        "motp_verifier.prometheus",
        ("motp_verifier.metrics", "prometheus_client"),
        "this room only counts: facts come by the port motp_verifier.metrics",
    ),
    Room(
        "motp_verifier.http",
        ("motp_verifier", "motp_protocol", "msgspec", "litestar"),
        "a route translates: put rules into services and SQL into the store",
    ),
    Room(
        "motp_verifier.services",
        (*_PURE, "motp_verifier", "sqlalchemy.Connection"),
        "a service decides: HTTP is for routes, SQL for the store",
    ),
    Room(
        "motp_verifier.services.messages",
        (*_PURE, "motp_verifier.metrics", "motp_verifier.services", "httpx"),
        "a message service sends: what to say comes from its caller",
    ),
    Room(
        "motp_verifier.services.identity",
        (*_PURE, "motp_verifier.services", "motp_verifier.metrics", "httpx"),
        "an identity service asks a carrier: what follows from the answer is its caller's",
    ),
    Room(
        "motp_verifier.services.rate_limits",
        (*_PURE, "motp_verifier.services", "motp_verifier.store", "limits"),
        "only what counts against a rate belongs here",
    ),
    Room(
        "motp_verifier.store",
        ("motp_protocol", "motp_verifier.metrics", "alembic", "psycopg", "sqlalchemy", "msgspec"),
        "the store keeps rows: rules belong in services",
    ),
    Room(
        "examples",
        ("cryptography", "requests"),
        "it is copied alone, by whoever has none of this repository: write out what is needed",
    ),
)
