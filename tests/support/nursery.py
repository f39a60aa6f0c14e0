"""Many short-lived processes, cheaply: one warm process forks the others.

    with Nursery() as nursery:
        child = nursery.start("tests.support.app_life:live", log, data_dir="…")
        assert nursery.wait(child) == -signal.SIGKILL

A fork costs some milliseconds, a new interpreter with all its imports nearly a second. The
nursery itself runs no threads, so forking it is safe.
"""

import contextlib
import importlib
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import Any, NoReturn, Self

_WARM = ("requests", "motp_desktop.bootstrap", "motp_verifier.serve", "tests.support.app_life")
_PATIENCE = 30.0


class Nursery:
    """Starts processes that run one function each, and says how they ended."""

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.support.nursery"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._process.communicate()

    def start(self, function: str, log: Path, **arguments: Any) -> int:
        """The number of a process that runs `module:function(**arguments)` and then ends."""
        return self._ask(do="fork", function=function, log=str(log), arguments=arguments)

    def wait(self, child: int) -> int:
        """How a process ended: 0, or less the number of the signal that killed it."""
        return self._ask(do="wait", child=child)

    def _ask(self, **order: Any) -> int:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline())


def _serve() -> None:
    for module in _WARM:
        importlib.import_module(module)
    children: set[int] = set()
    for line in sys.stdin:
        order = json.loads(line)
        if order["do"] == "fork":
            child = os.fork()
            if child == 0:
                _live(order["function"], Path(order["log"]), order["arguments"])
            children.add(child)
            answer = child
        else:
            answer = _wait(order["child"])
            children.discard(order["child"])
        sys.stdout.write(f"{answer}\n")
        sys.stdout.flush()
    for child in children:
        with contextlib.suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)


def _live(function: str, log: Path, arguments: dict[str, Any]) -> NoReturn:
    """What a child does. It never comes back."""
    code = 1
    try:
        descriptor = os.open(log, os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o600)
        nothing = os.open(os.devnull, os.O_RDONLY)
        for old, new in ((nothing, 0), (descriptor, 1), (descriptor, 2)):
            os.dup2(old, new)
        module, _, name = function.partition(":")
        getattr(importlib.import_module(module), name)(**arguments)
        code = 0
    except SystemExit as end:
        code = 0 if end.code in {None, 0} else 1
    except BaseException:
        sys.excepthook(*sys.exc_info())
    finally:
        sys.stderr.flush()
        os._exit(code)


def _wait(child: int) -> int:
    deadline = time.monotonic() + _PATIENCE
    while True:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(status)
        if time.monotonic() > deadline:
            os.kill(child, signal.SIGABRT)
        time.sleep(0.002)


if __name__ == "__main__":
    _serve()
