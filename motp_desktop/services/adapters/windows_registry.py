"""The current user's part of Windows' registry."""

import importlib
from typing import Any


class CurrentUser:
    """Implements `autostart.Registry`. Only to be made on Windows."""

    def __init__(self) -> None:
        self._api: Any = importlib.import_module("winreg")

    def get(self, key: str, name: str) -> str | None:
        """The text of a value, or None where there is none."""
        try:
            with self._api.OpenKey(self._api.HKEY_CURRENT_USER, key) as opened:
                value, _kind = self._api.QueryValueEx(opened, name)
        except FileNotFoundError:
            return None
        return str(value)

    def set(self, key: str, name: str, value: str) -> None:
        """Set a value, and make its key where there is none."""
        with self._api.CreateKey(self._api.HKEY_CURRENT_USER, key) as made:
            self._api.SetValueEx(made, name, 0, self._api.REG_SZ, value)

    def delete(self, key: str, name: str) -> None:
        """Forget a value; nothing happens where there is none."""
        access = self._api.KEY_SET_VALUE
        try:
            with self._api.OpenKey(self._api.HKEY_CURRENT_USER, key, 0, access) as opened:
                self._api.DeleteValue(opened, name)
        except FileNotFoundError:
            return
