"""Workbooks kept for an hour or two under a signed name, so that nothing is uploaded twice."""

import json
from datetime import datetime
from pathlib import Path
from secrets import token_hex

from django.conf import settings
from django.core.signing import BadSignature, TimestampSigner

from luytre.accounts.access import StaffRequest
from luytre.ui.kit.excel_reading import Reading

HOURS = 2


class Upload:
    """A workbook, and beside it how it is read and what it was called."""

    def __init__(self, name: str) -> None:
        self.name = name

    @property
    def path(self) -> Path:
        return Path(settings.MEDIA_ROOT) / "imports" / self.name

    @property
    def note(self) -> Path:
        return self.path.with_suffix(".json")

    @classmethod
    def keep(cls, content: bytes) -> "Upload":
        upload = cls(f"{token_hex(16)}.xlsx")
        upload.path.parent.mkdir(parents=True, exist_ok=True)
        upload.path.write_bytes(content)
        return upload

    def read_as(self, reading: Reading, called: str) -> None:
        self.note.write_text(json.dumps({"called": called, "reading": reading.as_dict()}), encoding="utf-8")

    def noted(self) -> tuple[Reading, str]:
        if not self.note.is_file():
            return Reading(), ""
        said = json.loads(self.note.read_text(encoding="utf-8"))
        return Reading.of_dict(said["reading"]), str(said["called"])

    def forget(self) -> None:
        self.path.unlink(missing_ok=True)
        self.note.unlink(missing_ok=True)

    def ticket(self, request: StaffRequest) -> str:
        return TimestampSigner(salt=f"import-{request.user.pk}").sign(self.name)

    @classmethod
    def of_ticket(cls, ticket: str, request: StaffRequest) -> "Upload | None":
        try:
            name = TimestampSigner(salt=f"import-{request.user.pk}").unsign(ticket, max_age=HOURS * 3600)
        except BadSignature:
            return None
        return cls(name) if cls(name).path.is_file() else None


def forget_uploads(*, before: datetime) -> int:
    """Delete the workbooks whose tickets have run out; returns how many."""
    oldest = before.timestamp() - HOURS * 3600
    stale = [path for path in Upload("").path.glob("*.xlsx") if path.stat().st_mtime < oldest]
    for path in stale:
        Upload(path.name).forget()
    return len(stale)
