"""A secretariat's folder made in a test: rows by field name, texts, templates."""

from __future__ import annotations

import shutil
from pathlib import Path

from openpyxl import Workbook

from casebuilder.sheets.columns import BY_NAME, SHEETS
from tests.conftest import ROOT


class Secretariat:
    """One workbook with every sheet; `cells` remembers where each text was put."""

    def __init__(self, folder: Path) -> None:
        """Make the folders, with the sample's templates."""
        self.folder = folder
        self.cells: dict[tuple[str, str], str] = {}  # sheet and address → text
        self._workbook = Workbook()
        self._workbook.remove(self._workbook.worksheets[0])
        for sheet in SHEETS:
            if not sheet.optional:
                made = self._workbook.create_sheet(sheet.name)
                made.append([column.header for column in sheet.columns])
        shutil.copytree(ROOT / "templates", folder / "templates", dirs_exist_ok=True)
        for name in ("tekster", "vedlegg"):
            (folder / "sources" / name).mkdir(parents=True, exist_ok=True)

    def add(self, sheet: str, **values: object) -> None:
        """Add a row; texts are stored as texts, also where they begin with =."""
        worksheet = self._workbook[sheet]
        at = worksheet.max_row + 1
        for index, column in enumerate(BY_NAME[sheet].columns, start=1):
            value = values.get(column.field)
            if value is None:
                continue
            cell = worksheet.cell(at, index)
            cell.value = value  # type: ignore[assignment]
            if isinstance(value, str):
                cell.data_type = "s"
                self.cells[(sheet, cell.coordinate)] = value

    def text(self, name: str, content: str | bytes) -> None:
        """Put a file among the texts."""
        path = self.folder / "sources" / "tekster" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)

    def save(self) -> Path:
        """Write the workbook and return the folder."""
        self._workbook.save(self.folder / "sources" / "alt.xlsx")
        return self.folder
