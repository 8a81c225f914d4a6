"""A nation's month as one zip: a workbook of every commune, issued, filled, read and checked."""

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench._figures.measuring import taken
from bench._figures.nation import UNTIL, Nation

FORM = "commune-month"


@dataclass
class ReturnsZip:
    nation: Nation
    folder: Path
    most: int | None = None  # so many communes only

    @property
    def path(self) -> Path:
        return self.folder / "bieu.zip"

    def errands(self) -> Iterator[Any]:
        from luytre.areas.models import Area
        from luytre.reporting.models import ReturnForm
        from luytre.reporting.returns import spans
        from luytre.reporting.returns.paper import Errand

        form = ReturnForm.objects.filter(code=FORM).order_by("-version")[0]
        communes = Area.objects.on(UNTIL).filter(level="commune").select_related("parent").order_by("path")
        window = spans.of(form, UNTIL)
        for commune in communes[: self.most]:
            yield Errand(form, commune, window)

    def write(self) -> float:
        """Seconds; each workbook as the system issues it, with a number in every cell."""
        return taken(self.fill) / 1000

    def fill(self) -> None:
        from luytre.reporting.workbooks import issuing

        with zipfile.ZipFile(self.path, "w", zipfile.ZIP_STORED) as target:
            for number, errand in enumerate(self.errands()):
                texts = {code: str((number * 31 + n) % 7) for n, code in enumerate(errand.form.codes)}
                face = issuing.Face(errand, 0, texts, {"": "Số liệu do Công an xã tổng hợp"})
                target.writestr(issuing.file_name(errand), issuing.write(face))

    def read(self) -> Any:
        """What the product makes of it: `seconds` of parsing and of checking, and each file's state."""
        from django.utils import timezone

        from luytre.areas.models import Scope
        from luytre.reporting.workbooks import zips

        return zips.read(self.path, scope=Scope(("0.",), timezone.localdate()), at=timezone.now())
