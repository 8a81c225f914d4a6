"""The history of a record: who did what when, and which fields; never old values."""

from django.core.exceptions import FieldDoesNotExist
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from luytre.accounts.models import User
from luytre.audit.models import AuditEntry
from luytre.ui.components import Happening
from luytre.ui.records import Record

VERBS: dict[str, str | Promise] = {
    "added": _("recorded"),
    "imported": _("brought in from Excel"),
    "corrected": _("corrected"),
    "removed": _("taken out"),
    "restored": _("put back"),
    "photographed": _("a photo added"),
    "photo_removed": _("a photo taken out"),
    "merged": _("merged with another record"),
    "merge_undone": _("merge taken back"),
    "followed_merge": _("now refers to the record that was kept"),
    "closed": _("closed"),
    "rated": _("rated"),
    "disbanded": _("disbanded"),
    "ended": _("no longer kept up"),
    "signed": _("signed by phone"),
    "receipt written": _("receipt written"),
    "settled": _("destroyed or kept"),
    "held": _("held"),
    "cancelled": _("cancelled"),
    "published": _("published"),
    "withdrawn": _("withdrawn"),
    "version added": _("new version added"),
    "months planned": _("months planned"),
    "room opened": _("room opened"),
    "room closed": _("room closed"),
    "learning check started": _("learning check started"),
    "learning check on paper": _("learning check on paper"),
    "told": _("outcome told"),
    "proposed": _("proposed"),
    "approved": _("approved"),
    "refused": _("refused"),
    "launched": _("launched"),
    "reviewed": _("reviewed"),
    "strengthened": _("strengthened"),
    "relaunched": _("relaunched"),
    "merged_into": _("merged into another"),
    "headed": _("head changed"),
    "funded": _("money or goods recorded"),
    "equipped": _("equipment recorded"),
    "interviewed": _("four questions answered"),
    "appealed": _("appeal recorded"),
    "answered": _("answered"),
    "dissolved": _("dissolved"),
    "counted": _("counted anew"),
    "agreed": _("consent recorded"),
    "consent_withdrawn": _("consent withdrawn"),
    "left": _("left"),
    "trained": _("training recorded"),
    "attended": _("attendance recorded"),
    "viewed": _("looked at"),
    "contact_shown": _("contact shown"),
    "link_asked": _("account asked to be linked"),
    "link_confirmed": _("account linked, confirmed by its holder"),
    "link_denied": _("link denied by the account's holder"),
    "link_ended": _("link to the account undone"),
    "handed_over": _("lead handed over"),
    "succeeded": _("older force named"),
    "equipment_counted": _("equipment counted"),
}

LOADED = "loaded"  # one entry for a whole batch, kept at its first row; to that row it says no more than "recorded"


def of(record: Record) -> list[Happening]:
    entries = AuditEntry.objects.filter(subject_type=record._meta.label_lower, subject_id=str(record.pk))
    found = list(entries.exclude(verb=LOADED).order_by("-at", "-pk")[:100])
    people = User.objects.in_bulk([int(entry.actor) for entry in found if entry.actor.isdigit()])
    happenings = [
        Happening(
            at=entry.at,
            by=people[int(entry.actor)].full_name if entry.actor.isdigit() else entry.actor,
            words=in_words(entry, record),
        )
        for entry in found
    ]
    if not any(entry.verb in ("added", "imported") for entry in found):  # came in with many others, as one act
        happenings.append(Happening(at=record.created_at, words=str(VERBS["added"]), by=str(record.created_by or "")))
    return happenings


def in_words(entry: AuditEntry, record: Record) -> str:
    verb = str(VERBS.get(entry.verb, entry.verb))
    fields = ", ".join(label_of(record, name) for name in entry.fields)
    return f"{verb}: {fields}" if fields else verb


def label_of(record: Record, name: str) -> str:
    try:
        return str(record._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
    except FieldDoesNotExist:
        return name
