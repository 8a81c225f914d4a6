"""The audit trail: `audit.record` in every verb; `audit.chain` binds the entries after commit."""

import hashlib
import hmac
import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django.db.models import Model

    from luytre.audit.models import AuditEntry


def keyed_hash(value: object) -> str:
    """Tells whether two values were the same without telling the value."""
    from django.conf import settings

    text = json.dumps(value, default=str, ensure_ascii=False, sort_keys=True)
    return hmac.new(settings.AUDIT_KEY.encode(), text.encode(), hashlib.sha256).hexdigest()


def record(
    subject: "Model",
    verb: str,
    *,
    by: object,
    values: Mapping[str, Any] | None = None,
    fields: Iterable[str] = (),
    area_path: str = "",
    purpose: str = "",
    at: datetime | None = None,
) -> "AuditEntry":
    """Write one entry in the transaction of the verb. `by` is an account or the name of a command; `at`, where the
    moment itself would tell too much."""
    from luytre.audit.models import AuditEntry

    hashed = {name: keyed_hash(value) for name, value in (values or {}).items()} | dict.fromkeys(fields, "")
    return AuditEntry.objects.create(
        actor=str(getattr(by, "pk", by)),
        verb=verb,
        subject_type=subject._meta.label_lower,
        subject_id=str(subject.pk),
        area_path=area_path,
        purpose=purpose,
        fields=hashed,
        **({"at": at} if at else {}),
    )


def record_each(subjects: Iterable["Model"], verb: str, *, by: object, paths: Mapping[int, str]) -> None:
    """One entry for each of many records that one act wrote, such as an import; `paths` by the record's key."""
    from luytre.audit.models import AuditEntry

    entries = [
        AuditEntry(
            actor=str(getattr(by, "pk", by)),
            verb=verb,
            subject_type=subject._meta.label_lower,
            subject_id=str(subject.pk),
            area_path=paths.get(subject.pk, ""),
        )
        for subject in subjects
    ]
    AuditEntry.objects.bulk_create(entries, batch_size=1000)
