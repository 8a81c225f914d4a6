from luytre.bulletins.forms.materials import CheckedForm, MaterialForm, VersionForm, WithdrawalForm

__all__ = ["CheckedForm", "MaterialForm", "VersionForm", "WithdrawalForm"]
