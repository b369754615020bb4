"""A file that is still being copied or written while it is read would be loaded in part: it is noticed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from etl.reasons import InputRefused


@dataclass(frozen=True, slots=True)
class Stillness:
    """How a file (or each file of a folder) stood when it was first looked at: size and time of change."""

    file: Path
    marks: tuple[tuple[str, int, int], ...]

    @classmethod
    def of(cls, file: Path) -> Stillness:
        """Look at a file or folder now."""
        return cls(file, _marks(file))

    def require(self) -> None:
        """Raise InputRefused CHANGED_FILE when it is no longer what it was."""
        if _marks(self.file) != self.marks:
            raise InputRefused("CHANGED_FILE", self.file.name)


def _marks(file: Path) -> tuple[tuple[str, int, int], ...]:
    try:
        found = [file] if file.is_file() else sorted(path for path in file.rglob("*") if path.is_file())
        return tuple((str(path), (seen := path.stat()).st_size, seen.st_mtime_ns) for path in found)
    except OSError:
        return ()  # gone meanwhile: that too is a change
