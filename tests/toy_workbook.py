"""Workbooks as spreadsheets write them, made by hand: no library decides what is in a cell."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

NS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_FORM = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_STYLES = f"""<styleSheet xmlns="{NS}"><numFmts><numFmt numFmtId="164" formatCode="yyyy&quot;년&quot;\\-mm"/></numFmts>
<cellStyleXfs><xf numFmtId="22"/></cellStyleXfs>
<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="22"/><xf numFmtId="20"/></cellXfs></styleSheet>"""
# Styles of cells: how the number in it is shown.
DAY, MONTH, MOMENT, TIME = 1, 2, 3, 4

Cell = str | int | float | None


def raw(inner: str, *, kind: str = "n", style: int = 0) -> str:
    """Return a cell as it stands in the file: its kind, its style, and what is in it."""
    return f'<c t="{kind}" s="{style}">{inner}</c>'


def dated(serial: float, style: int) -> str:
    """Return a cell with a day's number."""
    return raw(f"<v>{serial}</v>", style=style)


def workbook(
    path: Path,
    sheets: Mapping[str, Sequence[Sequence[Cell]]],
    *,
    hidden: Sequence[str] = (),
    shared: bool = True,
    further: Mapping[str, bytes] | None = None,
) -> Path:
    """Write a workbook: texts, numbers, None for no cell, or what `raw` returns. `further` parts replace ours."""
    strings: list[str] = []
    parts = {
        "[Content_Types].xml": _content_types(len(sheets), shared=shared),
        "xl/workbook.xml": f'<workbook xmlns="{NS}" xmlns:r="{_REL}"><sheets>'
        + "".join(
            f'<sheet name="{name}" sheetId="{n}" r:id="rId{n}"{" state=" + chr(34) + "hidden" + chr(34) if name in hidden else ""}/>'
            for n, name in enumerate(sheets, 1)
        )
        + "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        + "".join(
            f'<Relationship Id="rId{n}" Type="{_REL}/worksheet" Target="{"/xl/" if n % 2 else ""}worksheets/sheet{n}.xml"/>'
            for n in range(1, len(sheets) + 1)
        )
        + "</Relationships>",
        "xl/styles.xml": _STYLES,
    }
    for n, rows in enumerate(sheets.values(), 1):
        body = "".join(
            _row(number, cells, strings if shared else None) for number, cells in enumerate(rows, 1)
        )
        parts[f"xl/worksheets/sheet{n}.xml"] = (
            f'<worksheet xmlns="{NS}"><sheetData>{body}</sheetData></worksheet>'
        )
    if shared:
        told = "".join(f"<si><t>{escape(text)}</t></si>" for text in strings)
        parts["xl/sharedStrings.xml"] = f'<sst xmlns="{NS}">{told}</sst>'
    contents = {name: text.encode() for name, text in parts.items()} | dict(further or {})
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in contents.items():
            archive.writestr(name, content)
    return path


def _content_types(sheets: int, *, shared: bool) -> str:
    forms = {"workbook": "sheet.main", "styles": "styles"}
    forms |= {f"worksheets/sheet{n}": "worksheet" for n in range(1, sheets + 1)}
    forms |= {"sharedStrings": "sharedStrings"} if shared else {}
    told = "".join(
        f'<Override PartName="/xl/{part}.xml" ContentType="{_FORM}.{form}+xml"/>'
        for part, form in forms.items()
    )
    return f'<Types xmlns="{_PACKAGE}/content-types">{told}</Types>'


def _row(number: int, cells: Sequence[Cell], strings: list[str] | None) -> str:
    filled = "".join(
        _cell(f"{chr(64 + place)}{number}", cell, strings) for place, cell in enumerate(cells, 1)
    )
    # a spreadsheet writes no row without a cell
    return f'<row r="{number}">{filled}</row>' if filled else ""


def _cell(reference: str, cell: Cell, strings: list[str] | None) -> str:
    if cell is None:
        return ""
    if isinstance(cell, (int, float)):
        return f'<c r="{reference}"><v>{cell!r}</v></c>'
    if cell.startswith("<c "):
        return cell.replace("<c ", f'<c r="{reference}" ', 1)
    if strings is None:
        return f'<c r="{reference}" t="inlineStr"><is><r><t>{escape(cell)}</t></r><rPh sb="0" eb="1"><t>아님</t></rPh></is></c>'
    strings.append(cell)
    return f'<c r="{reference}" t="s"><v>{len(strings) - 1}</v></c>'
