"""What a screen reader has of a program: AT-SPI, spoken over D-Bus, and nothing else.

No mouse, no keys, no coordinates, no pictures: a tree of things with roles, names, states and
actions, and events. https://gitlab.gnome.org/GNOME/at-spi2-core has the interfaces.
"""

import re
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, Self, TypeVar

from jeepney import DBusAddress, HeaderFields, MatchRule, Message, MessageType, new_method_call
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import DBusConnection, open_dbus_connection

T = TypeVar("T")

_PATIENCE_SECONDS = 20
_LOOK_AGAIN_SECONDS = 0.5
_ROOT = "/org/a11y/atspi/accessible/root"
_REGISTRY = "org.a11y.atspi.Registry"
_ACCESSIBLE = "org.a11y.atspi.Accessible"
_PROPERTIES = "org.freedesktop.DBus.Properties"
_EVENTS = "org.a11y.atspi.Event.Object"
_KINDS = ("announcement", "state-changed", "children-changed", "property-change", "text-changed")
_PRESS = "Press"


class State(IntEnum):
    """The bits of AT-SPI's states that are asked for here."""

    CHECKED = 4
    EDITABLE = 7
    FOCUSABLE = 11
    FOCUSED = 12
    SENSITIVE = 24
    SHOWING = 25


@dataclass(frozen=True, slots=True)
class Thing:
    """Something on the screen, as it was when it was looked at."""

    bus_name: str
    path: str
    role: str
    name: str
    states: frozenset[State]

    @property
    def is_usable(self) -> bool:
        """Whether a person can do something with it now."""
        return {State.SENSITIVE, State.SHOWING} <= self.states


class NotFound(Exception):
    """What was waited for did not come; the message tells what there was instead."""


class ScreenReader:
    """One program's windows, looked at and used through the accessibility bus."""

    def __init__(self, session_bus: str) -> None:
        self._session_bus = session_bus
        self._ending = ExitStack()
        self._events: deque[Message] = deque()
        self.heard: list[str] = []
        """All that was announced, in order."""

    def __enter__(self) -> Self:
        """Switch accessibility on for the session, as a screen reader does when it starts."""
        try:
            self._start()
        except BaseException:
            self._ending.close()
            raise
        return self

    def _register(self) -> bool:
        registry = DBusAddress("/org/a11y/atspi/registry", _REGISTRY, _REGISTRY)
        for kind in _KINDS:
            _call(self._bus, registry, "RegisterEvent", "sas", f"object:{kind}", [])
        return True

    def __exit__(self, *_error: object) -> None:
        self._ending.close()

    def _start(self) -> None:
        session = self._ending.enter_context(open_dbus_connection(self._session_bus))
        bus = DBusAddress("/org/a11y/bus", "org.a11y.Bus", "org.a11y.Bus")
        (address,) = _call(session, bus, "GetAddress")
        for status in ("IsEnabled", "ScreenReaderEnabled"):
            properties = DBusAddress("/org/a11y/bus", "org.a11y.Bus", _PROPERTIES)
            _call(session, properties, "Set", "ssv", "org.a11y.Status", status, ("b", True))
        self._bus = self._ending.enter_context(open_dbus_connection(address))
        rule = MatchRule(type="signal", interface=_EVENTS)
        self._ending.enter_context(self._bus.filter(rule, queue=self._events))
        _reply(self._bus, message_bus.AddMatch(rule))
        self.until(self._register, "the registry")  # which has its name before it listens

    def things(self) -> Iterator[Thing]:
        """Everything that shows in the program's windows, in reading order."""
        (programs,) = self._ask(_REGISTRY, _ROOT, _ACCESSIBLE, "GetChildren")
        for program in programs:
            yield from self._below(*program)

    def wait_for(self, role: str, name: str) -> Thing:
        """The thing of this role and name, once it can be used. Raises NotFound."""

        def look() -> Thing | None:
            found = (each for each in self.things() if (each.role, each.name) == (role, name))
            return next((each for each in found if each.is_usable), None)

        return self.until(look, f"{role} {name!r}")

    def wait_to_read(self, words: str) -> Thing:
        """What has these words in its name, once it shows. Raises NotFound."""

        def look() -> Thing | None:
            return next((each for each in self.things() if words in each.name), None)

        return self.until(look, repr(words))

    def wait_to_hear(self, words: re.Pattern[str], since: int = 0) -> str:
        """The newest of `heard`, from number `since` on, that is like this. Raises NotFound."""

        def listen() -> str | None:
            newest = reversed(self.heard[since:])
            return next((each for each in newest if words.fullmatch(each)), None)

        return self.until(listen, f"{words.pattern!r} to be said")

    def until(self, look: Callable[[], T | None], what: str) -> T:
        """What `look` finds, looked for again at each event. Raises NotFound."""
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while (found := self._look(look)) is None:
            if time.monotonic() > deadline:
                there = self._look(lambda: list(self.things())) or []
                lines = "\n".join(f"  {each.role} {each.name!r}" for each in there)
                raise NotFound(f"no {what}; heard {self.heard}; there is\n{lines}")
            self._listen()
        return found

    def _look(self, look: Callable[[], T | None]) -> T | None:
        """What `look` finds; nothing where the screen changed while it looked."""
        try:
            return look()
        except Gone:
            return None

    def press(self, name: str) -> None:
        """Do what a button is for, once it can be used."""
        self.do(self.wait_for("push button", name))

    def press_each(self, names: str) -> None:
        """The same with buttons that are all there now, each named by one letter."""
        buttons = {each.name: each for each in self.things() if each.role == "push button"}
        for name in names:
            self.do(buttons[name])

    def do(self, thing: Thing) -> None:
        """Do what a thing is for."""
        (actions,) = self._ask_of(thing, "org.a11y.atspi.Action", "GetActions")
        number = [each[0] for each in actions].index(_PRESS)
        (done,) = self._ask_of(thing, "org.a11y.atspi.Action", "DoAction", "i", number)
        assert done, thing

    def write(self, name: str, text: str) -> None:
        """Put a text into a field, in place of what is there."""
        thing = self.wait_for("text", name)
        assert State.EDITABLE in thing.states, thing
        (done,) = self._ask_of(thing, "org.a11y.atspi.EditableText", "SetTextContents", "s", text)
        assert done, thing

    def scroll_to_end(self, name: str) -> None:
        """Move the scroll bar of what has this name to its end."""
        area = self.wait_for("document", name)
        bars = [each for each in self._below(area.bus_name, area.path) if each.role == "scroll bar"]
        for bar in bars:
            most = self._value(bar.bus_name, bar.path, "org.a11y.atspi.Value", "MaximumValue")
            address = DBusAddress(bar.path, bar.bus_name, _PROPERTIES)
            value = ("org.a11y.atspi.Value", "CurrentValue", ("d", most))
            _call(self._bus, address, "Set", "ssv", *value)

    def take_focus(self, thing: Thing) -> bool:
        """Ask for the focus on something; whether it has it then."""
        self._ask_of(thing, "org.a11y.atspi.Component", "GrabFocus")
        return State.FOCUSED in self._states(thing.bus_name, thing.path)

    def catch_up(self) -> None:
        """Take note of all that was said until now."""
        self._ask(_REGISTRY, _ROOT, _ACCESSIBLE, "GetRole")
        self._note()

    def _below(self, bus_name: str, path: str) -> Iterator[Thing]:
        (children,) = self._ask(bus_name, path, _ACCESSIBLE, "GetChildren")
        for its_bus, its_path in children:
            states = self._states(its_bus, its_path)
            if State.SHOWING not in states:
                continue
            (role,) = self._ask(its_bus, its_path, _ACCESSIBLE, "GetRoleName")
            name = self._value(its_bus, its_path, _ACCESSIBLE, "Name")
            yield Thing(its_bus, its_path, role, name, states)
            yield from self._below(its_bus, its_path)

    def _states(self, bus_name: str, path: str) -> frozenset[State]:
        ((low, high),) = self._ask(bus_name, path, _ACCESSIBLE, "GetState")
        bits = low | high << 32
        return frozenset(state for state in State if bits >> state & 1)

    def _value(self, bus_name: str, path: str, interface: str, name: str) -> Any:
        (value,) = self._ask(bus_name, path, _PROPERTIES, "Get", "ss", interface, name)
        return value[1]

    def _ask_of(self, thing: Thing, interface: str, method: str, *arguments: Any) -> Any:
        return self._ask(thing.bus_name, thing.path, interface, method, *arguments)

    def _ask(self, bus_name: str, path: str, interface: str, method: str, *arguments: Any) -> Any:
        return _call(self._bus, DBusAddress(path, bus_name, interface), method, *arguments)

    def _listen(self) -> None:
        """Wait for something to happen, or a moment."""
        try:
            self._events.append(
                self._bus.recv_until_filtered(self._events, timeout=_LOOK_AGAIN_SECONDS)
            )
        except TimeoutError:
            return
        self._note()

    def _note(self) -> None:
        while self._events:
            event = self._events.popleft()
            if event.header.fields[HeaderFields.member] == "Announcement":
                self.heard.append(event.body[3][1])


class Gone(Exception):
    """What was asked for is not there any more."""


def _call(
    connection: DBusConnection,
    address: DBusAddress,
    method: str,
    signature: str | None = None,
    *arguments: Any,
) -> tuple[Any, ...]:
    return _reply(connection, new_method_call(address, method, signature, arguments))


def _reply(connection: DBusConnection, message: Message) -> tuple[Any, ...]:
    reply = connection.send_and_get_reply(message, timeout=_PATIENCE_SECONDS)
    if reply.header.message_type == MessageType.error:
        raise Gone(reply.header.fields.get(HeaderFields.error_name), *reply.body)
    body: tuple[Any, ...] = reply.body
    return body
