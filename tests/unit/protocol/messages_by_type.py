"""A hypothesis strategy for any message type, from its annotations alone."""

from functools import cache
from typing import Any

import msgspec
from hypothesis import strategies as st
from msgspec import inspect


@cache
def a_message(kind: type[msgspec.Struct]) -> st.SearchStrategy[Any]:
    """Instances of a message type, within its own limits."""
    info = inspect.type_info(kind)
    return _values(info)


def _values(info: inspect.Type) -> st.SearchStrategy[Any]:
    match info:
        case inspect.StructType(cls=cls, fields=fields):
            return st.builds(cls, **{field.name: _values(field.type) for field in fields})
        case inspect.Metadata(type=described):
            return _values(described)
        case inspect.StrType():
            return _texts(info)
        case inspect.IntType(ge=low, le=high):
            return st.integers(-(2**53) if low is None else low, 2**53 if high is None else high)
        case inspect.FloatType():
            return st.floats(allow_nan=False, allow_infinity=False)
        case inspect.BoolType():
            return st.booleans()
        case inspect.NoneType():
            return st.none()
        case inspect.LiteralType(values=values):
            return st.sampled_from(list(values))
        case inspect.UnionType(types=types):
            return st.one_of([_values(option) for option in types])
        case inspect.ListType(item_type=item):
            return st.lists(_values(item), max_size=3)
        case inspect.DictType(key_type=key, value_type=value):
            return st.dictionaries(_values(key), _values(value), max_size=3)
    raise NotImplementedError(f"no values for {info}")


def _texts(info: inspect.StrType) -> st.SearchStrategy[str]:
    low, high = info.min_length or 0, info.max_length or 80
    if info.pattern is None:
        return st.text(min_size=low, max_size=high)
    found = st.from_regex(info.pattern, fullmatch=True)
    return found.filter(lambda text: low <= len(text) <= high)
