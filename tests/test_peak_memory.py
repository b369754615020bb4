"""The peak that is told is that of the program itself, not of the one that began it."""

from __future__ import annotations

import subprocess
import sys

import pytest

from app.peak_memory import peak_mib

TOLD = "from app.peak_memory import peak_mib; print(peak_mib())"


def test_what_was_held_counts_also_when_it_is_given_back() -> None:
    before = peak_mib()
    held = b"x" * int((before + 64.0) * 2**20)
    # The kernel counts pages in batches.
    assert peak_mib() >= before + 32.0
    del held
    assert peak_mib() >= before + 32.0


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells the peak of a program apart")
def test_a_childs_peak_is_its_own() -> None:
    parent = f"import subprocess, sys; held = b'x' * (300 * 2**20); subprocess.run([sys.executable, '-c', {TOLD!r}])"
    told = subprocess.run([sys.executable, "-c", parent], capture_output=True, text=True, check=True)
    assert 1.0 < float(told.stdout) < 150.0
