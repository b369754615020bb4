"""Compile numeric kernels: without the interpreter's lock, kept on disk where that is possible."""

from __future__ import annotations

from collections.abc import Callable
from typing import ParamSpec, TypeVar

import numba

Given = ParamSpec("Given")
Answer = TypeVar("Answer")


def compiled(function: Callable[Given, Answer]) -> Callable[Given, Answer]:
    """Compile a function with numba at its first call.

    The machine code is cached beside the source, else in the user's cache folder, else in NUMBA_CACHE_DIR; where
    none can be written each process compiles anew. Kernels hold no lock and start no threads of numba's own, so
    that any thread may call them, whatever its threading layer.
    """
    try:
        kernel: Callable[Given, Answer] = numba.njit(cache=True, nogil=True, error_model="numpy")(function)
    except RuntimeError:  # numba found no folder it may write to
        kernel = numba.njit(nogil=True, error_model="numpy")(function)
    return kernel


def threads() -> int:
    """Return how many threads kernels may use: the cores this process may run on, or NUMBA_NUM_THREADS."""
    return int(numba.config.NUMBA_NUM_THREADS)  # type: ignore[attr-defined]  # it is set at import
