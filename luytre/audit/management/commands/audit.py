from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _

from luytre.audit import chain
from luytre.audit.models import AuditEntry, ChainLink


class Command(BaseCommand):
    help = (
        "verify: walk the whole chain and every root; close: chain what is committed and close the days before today."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=["verify", "close"])

    def handle(self, *args: Any, **options: Any) -> None:
        if options["what"] == "close":
            self.close()
        elif not self.verified():
            raise SystemExit(1)

    def close(self) -> None:
        today = timezone.localdate()
        count = 0
        while added := chain.chain_committed(today=today, everything=True):
            count += added
        days = chain.close_days(before=today)
        print(_("%(count)d entries chained, %(days)d days closed.") % {"count": count, "days": days})

    def verified(self) -> bool:
        faults = list(chain.verify())
        for fault in faults:
            print(_("Entry %(sequence)d of the chain: %(reason)s") % {
                "sequence": fault.sequence, "reason": _(fault.reason)
            })  # fmt: skip
        state = {"linked": ChainLink.objects.count(), "open": AuditEntry.objects.filter(link=None).count()}
        print(_("%(linked)d entries in the chain, %(open)d not chained yet.") % state)
        print(_("The trail agrees with itself.") if not faults else _("The trail was changed."))
        return not faults
