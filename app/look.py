"""How the pages look: one calm accent, our own typeface from our own server, light and dark."""

from __future__ import annotations

from pathlib import Path

ACCENT = {"light": "#0f766e", "dark": "#2dd4bf"}
INK = {"light": "#1c2426", "dark": "#e6ebeb"}

_WEIGHTS = {"Regular": "400", "Medium": "500", "SemiBold": "600", "Bold": "700"}

# What Streamlit's theme leaves open: no default menu, no empty bands, tables of figures, the invented notice.
_STYLE = """
<style>
[data-testid="stMainMenu"], [data-testid="stAppDeployButton"], [data-testid="stDecoration"],
[data-testid="stStatusWidget"], [data-testid="stToolbarActions"] { display: none; }
[data-testid="stMainBlockContainer"] { padding: 4.1rem 1.5rem 0.5rem; max-width: 1880px; }
[data-testid="stVerticalBlock"] { gap: 0.7rem; }
h2, h3 { letter-spacing: -0.01em; }
.golmok-invented { display: inline-block; padding: 0.15rem 0.65rem; border-radius: 999px; font-size: 0.85rem;
  border: 1px dashed currentColor; }
.golmok-top { display: flex; gap: 0.35rem 1rem; align-items: baseline; flex-wrap: wrap; font-size: 0.9rem; }
.golmok-top h1 { font-size: 1.5rem; padding: 0; margin: 0 0.4rem 0 0; letter-spacing: -0.02em; }
.golmok-answer { font-size: 1.45rem; font-weight: 600; line-height: 1.35; letter-spacing: -0.01em; margin: 0;
  word-break: keep-all; }
.golmok-lead { font-size: 1rem; line-height: 1.5; margin: 0; }
/* Streamlit's own button would give a table away without asking for its edition; app.downloads does ask. */
[data-testid="stElementToolbar"] { display: none; }
[data-testid="stCaptionContainer"], [data-testid="stCaptionContainer"] p { color: var(--golmok-ink); opacity: 0.9; }
/* Fields of a date are targets of their own: 24 px at least. */
[data-testid="stDateInput"] [role="spinbutton"] { display: inline-block; min-width: 24px; min-height: 24px; line-height: 24px;
  text-align: center; }
[data-testid="stSelectbox"] button { min-width: 24px; }
.golmok-small { font-size: 0.88rem; line-height: 1.5; opacity: 0.85; margin: 0; }
.golmok-small a { color: inherit; }
.st-key-gaps_map { --golmok-above: 198px; }
.st-key-find_columns { --golmok-above: 160px; }
.golmok-lead { font-size: 1.02rem; line-height: 1.5; margin: 0; max-width: 62rem; }
.golmok-heading { font-size: 1.08rem; padding: 0; margin: 0; }
.golmok-heading small { font-weight: 400; font-size: 0.85rem; opacity: 0.8; padding-left: 0.3rem; }
.golmok-small + .golmok-small { margin-top: 0.3rem; }
.golmok-ladder { border-collapse: collapse; width: 100%; font-size: 0.9rem; font-variant-numeric: tabular-nums; }
.golmok-ladder th, .golmok-ladder td { padding: 0.28rem 0.4rem; text-align: left; border: 0; font-weight: 400; }
.golmok-ladder thead th { opacity: 0.75; font-size: 0.8rem; }
.golmok-ladder .figure { text-align: right; white-space: nowrap; }
.golmok-ladder .chosen th, .golmok-ladder .chosen td { font-weight: 600; }
.golmok-ladder .bar { width: 40%; }
.golmok-cameras table { border-collapse: collapse; width: 100%; font-size: 0.9rem; font-variant-numeric: tabular-nums; }
.golmok-cameras th, .golmok-cameras td { padding: 0.24rem 0.4rem; text-align: left; vertical-align: top; border: 0;
  border-top: 1px solid rgba(128, 140, 142, 0.28); font-weight: 400; line-height: 1.3; }
.golmok-cameras thead th { border: 0; opacity: 0.8; font-size: 0.8rem; white-space: nowrap; }
.golmok-cameras td > span { display: block; font-weight: 500; }
.golmok-cameras td small { display: block; font-size: 0.8rem; opacity: 0.85; }
.golmok-cameras td { word-break: keep-all; overflow-wrap: anywhere; }
.golmok-cameras td:nth-child(2) { width: 30%; }
.golmok-cameras td:nth-child(4), .golmok-cameras td:nth-child(5) { min-width: 4.8rem; }
.golmok-cameras td:nth-child(4) span, .golmok-cameras td:nth-child(4) small { white-space: nowrap; }
.golmok-no { display: inline-block; min-width: 1.55rem; padding: 0.05rem 0.25rem; text-align: center; font-weight: 600;
  border: 2px solid currentColor; box-sizing: border-box; }
.golmok-sees { background: var(--golmok-accent); border-color: var(--golmok-accent); border-radius: 999px;
  color: var(--golmok-on-accent); }
.golmok-turns { border-color: var(--golmok-accent); border-radius: 3px; }
.golmok-may { border-color: var(--golmok-accent); border-style: dashed; border-radius: 999px; }
.golmok-down { border-color: transparent; text-decoration: line-through; }
.golmok-approach { border-style: double; border-width: 3px; border-radius: 3px; opacity: 0.85; }
.golmok-near { border-color: transparent; opacity: 0.85; }
.golmok-closed { margin: 0.5rem 0 0.3rem; padding: 0.35rem 0.6rem; font-size: 0.9rem; border-left: 3px solid currentColor; }
.golmok-bar { position: relative; height: 12px; border-radius: 2px; background: rgba(128, 140, 142, 0.22); }
.golmok-dividend { width: 100%; }
.golmok-dividend tbody tr:first-child th, .golmok-dividend tbody tr:first-child td { font-weight: 600; }
.golmok-dividend td.quiet { font-weight: 400 !important; opacity: 0.85; }
.golmok-thin { height: 7px; margin-top: 3px; }
.golmok-thin .golmok-seen { background: currentColor; opacity: 0.45; }
dl.golmok-facts.golmok-facts { display: grid; grid-template-columns: repeat(4, auto); gap: 0.2rem 1rem;
  margin: 0; padding: 0 !important; justify-content: space-between; }
.golmok-facts > div { display: flex; flex-direction: column-reverse; }
.golmok-facts dt { font-size: 0.82rem; opacity: 0.85; }
.golmok-facts dd { margin: 0; font-size: 1.3rem; font-weight: 600; font-variant-numeric: tabular-nums; white-space: nowrap; }
.golmok-seen { position: absolute; inset: 0 auto 0 0; border-radius: 2px; background: var(--golmok-accent); }
.golmok-range { position: absolute; top: 1px; bottom: 1px; border: solid currentColor; border-width: 0 1px; min-width: 2px;
  background: linear-gradient(currentColor, currentColor) center / 100% 1px no-repeat; }
:root { --golmok-accent: ACCENT_LIGHT; --golmok-ink: INK_LIGHT; --golmok-on-accent: #ffffff; }
@media (prefers-color-scheme: dark) {
  :root { --golmok-accent: ACCENT_DARK; --golmok-ink: INK_DARK; --golmok-on-accent: #05211e; }
  [data-testid^="stBaseButton-primary"], [data-testid^="stBaseButton-primary"]:hover { color: #05211e; }
}
@media (min-width: 1100px) {
  [data-testid="stColumn"]:has(.stBidiComponent) { position: sticky; top: 4rem; align-self: flex-start; }
}
/* Beside the map where there is room, above it where there is none. */
@media (max-width: 1599px) {
  .st-key-find_columns > [data-testid="stLayoutWrapper"] > [data-testid="stHorizontalBlock"],
  .st-key-find_columns > [data-testid="stHorizontalBlock"] { flex-wrap: wrap; }
  .st-key-find_columns [data-testid="stColumn"]:has(.st-key-board) { position: static; flex: 1 1 100%; }
  .st-key-find_columns .st-key-find_map { --golmok-above: 280px; }
}
/* The answer is a table of five columns: beside the map it would be cut off here. */
@media (max-width: 1099px) {
  .st-key-find_columns > [data-testid="stLayoutWrapper"] > [data-testid="stHorizontalBlock"] > [data-testid="stColumn"],
  .st-key-find_columns > [data-testid="stHorizontalBlock"] > [data-testid="stColumn"] { flex: 1 1 100%; }
  .st-key-find_columns .st-key-find_map { --golmok-above: 60vh; }
}
.st-key-who { position: fixed; top: 0.8rem; right: 12.5rem; width: auto !important; z-index: 999991; }
.st-key-who [data-testid="stPopoverButton"] { max-width: 15rem; min-height: 1.9rem; padding-block: 0.1rem; }
.st-key-lang { position: fixed; top: 0.8rem; right: 1.5rem; width: auto !important; z-index: 999991; }
:has(> [data-testid="stHeaderLogo"])::after { content: "GOLMOK_NAME"; font-weight: 700; font-size: 1.05rem; padding-left: 0.6rem;
  color: var(--golmok-ink); }
</style>
"""


def style(name: str) -> str:
    """Return the style sheet of every page, with the product's name to stand beside its mark."""
    sheet = _STYLE.replace("GOLMOK_NAME", name)
    for scheme in ("light", "dark"):
        sheet = sheet.replace(f"ACCENT_{scheme.upper()}", ACCENT[scheme]).replace(
            f"INK_{scheme.upper()}", INK[scheme]
        )
    return sheet


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
        "theme.light.textColor": INK["light"],
        "theme.light.linkColor": ACCENT["light"],
        "theme.light.blueBackgroundColor": "#e9f4f2",
        "theme.light.blueTextColor": "#0b5750",
        "theme.light.yellowBackgroundColor": "#fdf6df",
        "theme.light.yellowTextColor": "#6a4b00",
        "theme.light.codeTextColor": "#0b5750",
        "theme.light.codeBackgroundColor": "#eef2f2",
        "theme.light.borderColor": "#dbe0e0",
        "theme.dark.primaryColor": ACCENT["dark"],
        "theme.dark.backgroundColor": "#14191a",
        "theme.dark.secondaryBackgroundColor": "#1e2526",
        "theme.dark.textColor": INK["dark"],
        "theme.dark.linkColor": ACCENT["dark"],
        "theme.dark.blueBackgroundColor": "#132e2b",
        "theme.dark.blueTextColor": "#9fe5da",
        "theme.dark.codeTextColor": "#9fe5da",
        "theme.dark.codeBackgroundColor": "#1e2526",
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
