from luytre.activities.forms.outreach import OutreachSessionForm

__all__ = ["OutreachSessionForm"]
