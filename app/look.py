"""How the pages look: one calm accent, our own typeface from our own server, light and dark."""

from __future__ import annotations

from pathlib import Path

ACCENT = {"light": "#0f766e", "dark": "#2dd4bf"}

_WEIGHTS = {"Regular": "400", "Medium": "500", "SemiBold": "600", "Bold": "700"}

# What Streamlit's theme leaves open: no default menu, no empty bands, tables of figures, the invented notice.
STYLE = """
<style>
[data-testid="stMainMenu"], [data-testid="stAppDeployButton"], [data-testid="stDecoration"],
[data-testid="stStatusWidget"], [data-testid="stToolbarActions"] { display: none; }
[data-testid="stMainBlockContainer"] { padding: 4.25rem 1.5rem 1rem; max-width: 1880px; }
[data-testid="stVerticalBlock"] { gap: 0.7rem; }
h1 { padding: 0 0 0.1rem; letter-spacing: -0.02em; }
h2, h3 { letter-spacing: -0.01em; }
.golmok-invented { display: inline-block; padding: 0.15rem 0.65rem; border-radius: 999px; font-size: 0.85rem;
  border: 1px dashed currentColor; }
.golmok-where { font-size: 0.9rem; opacity: 0.85; display: flex; gap: 0.75rem; align-items: center; flex-wrap: wrap; }
.golmok-answer { font-size: 1.45rem; font-weight: 600; line-height: 1.35; letter-spacing: -0.01em; margin: 0; }
.golmok-small { font-size: 0.88rem; line-height: 1.5; opacity: 0.85; margin: 0; }
.golmok-ladder { border-collapse: collapse; width: 100%; font-size: 0.9rem; font-variant-numeric: tabular-nums; }
.golmok-ladder th, .golmok-ladder td { padding: 0.28rem 0.4rem; text-align: left; border: 0; font-weight: 400; }
.golmok-ladder thead th { opacity: 0.75; font-size: 0.8rem; }
.golmok-ladder .figure { text-align: right; white-space: nowrap; }
.golmok-ladder .chosen th, .golmok-ladder .chosen td { font-weight: 600; }
.golmok-ladder .bar { width: 42%; }
.golmok-ladder svg { display: block; width: 100%; height: 14px; }
</style>
"""


def theme(assets: Path) -> dict[str, object]:
    """Return the options of Streamlit's theme, with the faces of the typeface that lie among the assets."""
    return {
        "theme.font": "Pretendard, 'Noto Sans KR', 'Apple SD Gothic Neo', 'Malgun Gothic', sans-serif",
        "theme.fontFaces": font_faces(assets),
        "theme.baseFontSize": 15,
        "theme.baseRadius": "0.5rem",
        "theme.headingFontSizes": ["1.55rem", "1.2rem", "1.05rem", "1rem", "1rem", "1rem"],
        "theme.headingFontWeights": [700, 600, 600, 600, 600, 600],
        "theme.light.primaryColor": ACCENT["light"],
        "theme.light.backgroundColor": "#ffffff",
        "theme.light.secondaryBackgroundColor": "#f3f5f5",
        "theme.light.textColor": "#1c2426",
        "theme.light.linkColor": ACCENT["light"],
        "theme.light.borderColor": "#dbe0e0",
        "theme.dark.primaryColor": ACCENT["dark"],
        "theme.dark.backgroundColor": "#14191a",
        "theme.dark.secondaryBackgroundColor": "#1e2526",
        "theme.dark.textColor": "#e6ebeb",
        "theme.dark.linkColor": ACCENT["dark"],
        "theme.dark.borderColor": "#343d3f",
        "theme.showWidgetBorder": True,
    }


def font_faces(assets: Path) -> list[dict[str, str]]:
    """Return a face for each weight of Pretendard among the assets; one variable file stands for all."""
    folder = assets / "pretendard"
    variable = sorted(folder.glob("PretendardVariable.woff2"))
    if variable:
        return [_face(variable[0], "45 920")]
    return [
        _face(path, _WEIGHTS[weight])
        for weight in _WEIGHTS
        for path in folder.glob(f"Pretendard-{weight}.woff2")
    ]


def _face(path: Path, weight: str) -> dict[str, str]:
    return {
        "family": "Pretendard",
        "url": f"/vendor/pretendard/{path.name}",
        "weight": weight,
        "style": "normal",
    }
