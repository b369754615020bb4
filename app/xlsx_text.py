"""Workbooks (.xlsx) that carry no formula: every text is a text, whatever it begins with."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence

from app.csv_text import harmless

_WIDEST = 48


def xlsx_bytes(title: str, head: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """Return one sheet as a workbook: a bold head that stays in sight, numbers as numbers, None empty, text made harmless.

    title  of the sheet; signs that no sheet's name may hold are left out, and it is cut to 31
    """
    from openpyxl import Workbook  # a tenth of a second that only a workbook pays
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet = book.active
    sheet.title = "".join(sign for sign in title if sign not in "[]:*?/\\")[:31] or "1"
    widths = [len(name) for name in head]
    for number, row in enumerate([head, *rows], 1):
        for place, value in enumerate(row):
            cell = sheet.cell(row=number, column=place + 1)
            if isinstance(value, int | float) and not isinstance(value, bool):
                cell.value = value
            elif value is not None:
                cell.value = harmless(str(value))
                # said outright: no text is ever taken for a formula
                cell.data_type = "s"
                widths[place] = max(widths[place], min(len(cell.value), _WIDEST))
    for place, wide in enumerate(widths, 1):
        # Hangul is two letters wide
        sheet.column_dimensions[get_column_letter(place)].width = 2 + 1.4 * wide
        sheet.cell(row=1, column=place).font = Font(bold=True)
    sheet.freeze_panes = "A2"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
