"""The registers of initiative sites, of what is done at them, and of exemplars."""

from django.utils.translation import gettext_lazy as _

from luytre.accounts.permissions import Permission
from luytre.registry.forms import ExemplarForm, SiteActivityForm, SiteForm
from luytre.registry.models import Exemplar, Site, SiteActivity, Stage
from luytre.registry.models.upkeep import COUNTS
from luytre.registry.sheets import site_sheet
from luytre.ui import registers
from luytre.ui.registers import Action

sites = registers.add(
    registers.Register(
        name="sites",
        app="registry",
        model=Site,
        columns=["initiative", "area", "launched_on", "carrier"],
        related=["area", "area__parent", "initiative", "origin"],
        filters=["initiative"],
        dated="launched_on",
        order="-launched_on",
        form=SiteForm,
        facts=[(_("state"), "state")],
        read=Permission.REGISTER_READ,
        write=Permission.REGISTER_WRITE,
        add_label=_("Record a site"),
        about=_("Each place that carries an initiative. Types, sites and groups are three counts, never added up."),
        actions=[
            Action(_("Record an activity"), "registry:site-activity", when=lambda one: one.is_running),
            Action(_("Approve"), "registry:site-approval", when=lambda one: one.may(Stage.APPROVED)),
            Action(_("Refuse"), "registry:site-refusal", when=lambda one: one.may(Stage.REFUSED)),
            Action(_("Propose again"), "registry:site-proposal-again", when=lambda one: one.may(Stage.PROPOSED)),
            Action(_("Launch"), "registry:site-launch", when=lambda one: one.may(Stage.LAUNCHED)),
            Action(_("Rate this site"), "registry:site-rating", when=lambda one: one.is_running),
            Action(_("Close this site"), "registry:site-closing", when=lambda one: one.is_running),
            Action(_("Record an appeal"), "registry:site-appeal", when=lambda one: one.appealable is not None),
            Action(_("Answer the appeal"), "registry:site-appeal-answer", when=lambda one: one.open_appeal is not None),
        ],
        write_links=[(_("Propose a site"), "registry:site-proposal")],
        links=[
            (_("Types of initiative"), "registry:types"),
            (_("Signs of life"), "registry:quiet-sites"),
            (_("Coverage"), "registry:coverage"),
            (_("Exemplars"), "registry:exemplars-list"),
            (_("Activities of sites"), "registry:site-activities-list"),
        ],
        sheet=site_sheet,
        sealed=COUNTS,  # the sheet shows those that hold today
        icon="sprout",
        menu_order=41,
    )
)

activities = registers.add(
    registers.Register(
        name="site-activities",
        app="registry",
        model=SiteActivity,
        columns=["on", "site", "kind", "head_count"],
        related=["site", "site__area", "site__area__parent", "site__initiative"],
        filters=["kind"],
        dated="on",
        order="-on",
        form=SiteActivityForm,
        read=Permission.REGISTER_READ,
        write=Permission.REGISTER_WRITE,
        add_label=_("Record an activity"),
        about=_("What was done at sites, and papers and pictures that show it. It tells the living from the asleep."),
        icon="sprout",
        menu_order=41,
    )
)

exemplars = registers.add(
    registers.Register(
        name="exemplars",
        app="registry",
        model=Exemplar,
        columns=["name", "kind", "area", "recognised_on", "count"],
        related=["area", "area__parent", "site", "site__initiative"],
        filters=["kind"],
        dated="recognised_on",
        order="-recognised_on",
        form=ExemplarForm,
        read=Permission.REGISTER_READ,
        write=Permission.REGISTER_WRITE,
        add_label=_("Record an exemplar"),
        about=_("Collectives, models and, as a mere number, people recognised as exemplars by a decision."),
        icon="promise",
        menu_order=45,
    )
)
