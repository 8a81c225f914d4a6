"""The register of learning questions."""

from django.utils.translation import gettext_lazy as _

from luytre.accounts.permissions import Permission
from luytre.activities.forms import LearningQuestionForm
from luytre.activities.models import LearningQuestion
from luytre.ui import registers

questions = registers.add(
    registers.Register(
        name="learning-questions",
        app="activities",
        model=LearningQuestion,
        columns=["text", "topic", "area"],
        related=["area", "area__parent", "topic"],
        filters=["topic"],
        order="text",
        form=LearningQuestionForm,
        read=Permission.SESSION_READ,
        write=Permission.REGISTER_WRITE,
        add_label=_("Write a learning question"),
        about=_(
            "Three questions before and after a session show what listeners took home. A second person reads each."
        ),
        facts=[(_("how far it is"), "state")],
        actions=[
            registers.Action(
                _("Read and approve"),
                "activities:learning-question-reading",
                when=lambda question: not question.is_approved,
            )
        ],
        icon="info",
        menu_order=62,
    )
)
