"""Our typeface inside an HTML file: the letters that its text needs and no others, so that it reads alike anywhere."""

from __future__ import annotations

from base64 import b64encode
from functools import lru_cache
from io import BytesIO
from pathlib import Path

WEIGHTS = {"Regular": 400, "SemiBold": 600, "Bold": 700}
FAMILY = "Pretendard"
# What a browser puts there itself: signs of lists and of folded parts.
_ALWAYS = "•▶▼…"


def face(text: str, folder: Path | None) -> str:
    """Return @font-face rules for the letters of a text, the same for the same letters; "" without the font files.

    folder  holds Pretendard-Regular.otf and its bolder kin
    """
    letters = "".join(sorted({letter for letter in text + _ALWAYS if letter.isprintable()}))
    files = {weight: folder / f"{FAMILY}-{name}.otf" for name, weight in WEIGHTS.items()} if folder else {}
    return "".join(
        f'@font-face{{font-family:"{FAMILY}";font-weight:{weight};src:url(data:font/woff;base64,{_subset(path, letters)}) '
        'format("woff")}\n'
        for weight, path in files.items()
        if path.is_file()
    )


@lru_cache(maxsize=12)
def _subset(path: Path, letters: str) -> str:
    from fontTools import subset
    from fontTools.ttLib import TTFont

    # A font that is stamped with the time of writing would be another file each day.
    font = TTFont(path, recalcTimestamp=False)
    options = subset.Options(
        layout_features=["kern", "tnum"], hinting=False, desubroutinize=True, notdef_outline=True
    )
    cut = subset.Subsetter(options)
    cut.populate(text=letters)
    cut.subset(font)
    font.flavor = "woff"
    written = BytesIO()
    font.save(written)
    return b64encode(written.getvalue()).decode()
