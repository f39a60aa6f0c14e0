"""HTML from Python: every text is escaped, and only what was built here is not."""

from html import escape
from typing import TypeAlias

_VOID = frozenset({"input", "link", "meta"})


class Markup(str):
    """HTML that is fit to be sent."""

    __slots__ = ()


Part: TypeAlias = Markup | str | None


def tag(name: str, /, *parts: Part, **attributes: str | bool | None) -> Markup:
    """An element. `class_` is `class`, `data_x` is `data-x`; None and False leave one out."""
    written = "".join(
        _attribute(key.rstrip("_").replace("_", "-"), value) for key, value in attributes.items()
    )
    if name in _VOID:
        return Markup(f"<{name}{written}>")
    return Markup(f"<{name}{written}>{joined(*parts)}</{name}>")


def joined(*parts: Part) -> Markup:
    """Parts one after the other; texts among them are escaped."""
    return Markup("".join(_text(each) for each in parts if each is not None))


def document(language: str, head: Markup, body: Markup) -> bytes:
    """A whole page, in UTF-8."""
    return f"<!doctype html>\n{tag('html', head, body, lang=language)}\n".encode()


def _text(part: Markup | str) -> str:
    return part if isinstance(part, Markup) else escape(part)


def _attribute(name: str, value: str | bool | None) -> str:
    if value is None or value is False:
        return ""
    return f" {name}" if value is True else f' {name}="{escape(value)}"'
