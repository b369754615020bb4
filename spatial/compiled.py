"""Compile numeric kernels: without the interpreter's lock, kept on disk where that is possible."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import ParamSpec, TypeVar

import numba
from numba.core import event

Given = ParamSpec("Given")
Answer = TypeVar("Answer")


def compiled(function: Callable[Given, Answer]) -> Callable[Given, Answer]:
    """Compile a function with numba at its first call.

    The machine code is cached in NUMBA_CACHE_DIR, else beside the source, else in the user's cache folder; where none
    can be written each process compiles anew. A cache knows a kernel's own file alone: after an edit to another file that
    it calls into, it has to go. The wrapper names a folder by the sources, so that nobody runs old code after an upgrade. Kernels hold no lock and start no threads of numba's own, so
    that any thread may call them, whatever its threading layer.
    """
    return _kernel(function)


def inlined(function: Callable[Given, Answer]) -> Callable[Given, Answer]:
    """Compile a function as part of each kernel that calls it.

    For what an observer calls many times: a call counts the references of every array it passes on, which takes
    a tenth of the time, and threads that share the arrays wait for each other's counts.
    """
    return _kernel(function, forceinline=True)


def _kernel(function: Callable[Given, Answer], *, forceinline: bool = False) -> Callable[Given, Answer]:
    kernel: Callable[Given, Answer]
    try:
        kernel = numba.njit(cache=True, nogil=True, error_model="numpy", forceinline=forceinline)(function)
    except RuntimeError:  # numba found no folder it may write to
        kernel = numba.njit(nogil=True, error_model="numpy", forceinline=forceinline)(function)
    return kernel


def threads() -> int:
    """Return how many threads kernels may use: the cores this process may run on, or NUMBA_NUM_THREADS."""
    return int(numba.config.NUMBA_NUM_THREADS)  # type: ignore[attr-defined]  # it is set at import


@contextmanager
def telling(tell: Callable[[bool], object]) -> Iterator[None]:
    """Say within a block that kernels are compiled: tell(False) when the first one is, tell(True) at its end.

    Nothing is told where machine code lies in memory or on disk already. Another thread that compiles at the
    same time is told of too.
    """
    listener = _Listener(tell)
    with event.install_listener("numba:compile", listener):
        yield
    if listener.told:
        tell(True)


class _Listener(event.Listener):
    """Tell at the first compilation, and no more."""

    def __init__(self, tell: Callable[[bool], object]) -> None:
        self.told, self._tell = False, tell

    def on_start(self, event: object) -> None:
        if not self.told:
            self.told = True
            self._tell(False)

    def on_end(self, event: object) -> None:
        """Do nothing: more may follow."""
