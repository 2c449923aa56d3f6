from nennep.organisation.forms.changes import ChangeForm, EndForm
from nennep.organisation.forms.offered import CHANGES, Change

__all__ = ["CHANGES", "Change", "ChangeForm", "EndForm"]
