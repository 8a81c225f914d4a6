"""What the public sees of the materials library: published versions, as plain values."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.http import FileResponse

from luytre.bulletins import files, topics
from luytre.bulletins.models import Download, Material, MaterialVersion
from luytre.common.text import fold

SHOWN = 60
SANDBOX = "default-src 'none'; sandbox"


@dataclass(frozen=True)
class PublicVersion:
    number: int
    day: date
    text: str
    link: str
    file_name: str
    size: int
    withdrawn_on: date | None = None
    withdrawn_because: str = ""


@dataclass(frozen=True)
class PublicMaterial:
    pk: int
    title: str
    kind: str
    topic: str
    topic_name: str
    language: str
    licence: str
    source_body: str
    summary: str
    expires_on: date | None
    is_expired: bool = False
    versions: tuple[PublicVersion, ...] = ()

    @property
    def current(self) -> PublicVersion | None:
        """What holds today; nothing where it was withdrawn or its time has run out."""
        return None if self.is_expired else next((one for one in self.versions if not one.withdrawn_on), None)


def plain(material: Material, *, on: date, versions: tuple[PublicVersion, ...] = ()) -> PublicMaterial:
    return PublicMaterial(
        pk=material.pk,
        title=material.title,
        kind=material.get_kind_display(),
        topic=material.topic,
        topic_name=topics.name_of(material.topic),
        language=material.get_language_display(),
        licence=material.get_licence_display(),
        source_body=material.source_body,
        summary=material.summary,
        expires_on=material.expires_on,
        is_expired=bool(material.expires_on and material.expires_on < on),
        versions=versions,
    )


def search(words: str, topic: str, *, on: date) -> list[PublicMaterial]:
    """Published materials by a part of their words, without tone marks, and by topic."""
    rows = Material.objects.published(on)
    for word in fold(words).split():
        rows = rows.filter(folded__contains=word)
    rows = rows.filter(topic=topic) if topic else rows
    return [plain(material, on=on) for material in rows.order_by("sort_key")[:SHOWN]]


def topics_in_use(*, on: date) -> list[tuple[str, str]]:
    used = set(Material.objects.published(on).values_list("topic", flat=True))
    return [(code, name) for code, name in topics.choices() if code in used]


def material(pk: int, *, on: date) -> PublicMaterial | None:
    """With all that ever went out: what was withdrawn stays visible and is marked (rights rule R12)."""
    found = Material.objects.kept().filter(pk=pk).first()
    went_out = (
        found.versions.filter(publication__isnull=False).select_related("publication", "withdrawal") if found else ()
    )
    versions = tuple(version(one) for one in sorted(went_out, key=lambda one: -one.number))
    return plain(found, on=on, versions=versions) if found and versions else None


def version(one: MaterialVersion) -> PublicVersion:
    back = getattr(one, "withdrawal", None)
    return PublicVersion(
        number=one.number,
        day=one.publication.at.date(),
        text=one.text,
        link=one.link,
        file_name=one.file_name,
        size=one.size,
        withdrawn_on=back.on if back else None,
        withdrawn_because=back.reason if back else "",
    )


def file_of(pk: int, *, on: date) -> FileResponse | None:
    """The current file of a published material; one more copy is counted, and nothing else."""
    found = Material.objects.published(on).filter(pk=pk).first()
    current = found.current if found else None
    if current is None or not current.stored:
        return None
    Download.one_more(current, on=on)
    return answer(files.path_of(current.stored), current.file_name, current.file_type)


def answer(path: Path, name: str, kind: str) -> FileResponse:
    """To be saved, never run: no browser opens it as a page of this site."""
    response = FileResponse(path.open("rb"), as_attachment=True, filename=name, content_type=kind)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = SANDBOX
    return response
