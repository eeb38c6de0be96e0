"""A copy of a workbook with what is to be said of its cells as notes; a copy to look at, and no more.

openpyxl leaves out what it does not know, such as drawings; so the copy never takes the workbook's place.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping, Sequence

from openpyxl import load_workbook
from openpyxl.cell import MergedCell
from openpyxl.comments import Comment
from openpyxl.utils.exceptions import InvalidFileException

_AUTHOR = "casebuilder"
_SIZE = (360, 140)  # pixels
_UNREADABLE = (
    *(zipfile.BadZipFile, zlib.error, InvalidFileException, SyntaxError, LookupError, ValueError),
    *(TypeError, AttributeError, OverflowError, OSError, RuntimeError),
)


def annotated_workbook(data: bytes, notes: Mapping[tuple[str, str], Sequence[str]]) -> bytes | None:
    """Return a copy with notes at (sheet, cell); without a cell at A1. None if it cannot be copied."""
    try:
        workbook = load_workbook(io.BytesIO(data), keep_vba=False)
        for (sheet, address), said in notes.items():
            worksheet = workbook[sheet] if sheet in workbook.sheetnames else workbook.worksheets[0]
            cell = worksheet[address or "A1"]
            if isinstance(cell, MergedCell):
                around = next(each for each in worksheet.merged_cells.ranges if address in each)
                cell = worksheet.cell(around.min_row, around.min_col)
            old = [cell.comment.text] if cell.comment else []
            cell.comment = Comment("\n\n".join([*said, *old]), _AUTHOR, height=_SIZE[1], width=_SIZE[0])
        buffer = io.BytesIO()
        workbook.save(buffer)
    except _UNREADABLE:
        return None
    return buffer.getvalue()
