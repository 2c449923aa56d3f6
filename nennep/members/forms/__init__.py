from nennep.members.forms.changes import ChangeForm
from nennep.members.forms.offered import CHANGES, Change
from nennep.members.forms.people import AdmitForm, DayForm, FiguresForm, GuestForm, SearchForm

__all__ = [
    "CHANGES",
    "AdmitForm",
    "Change",
    "ChangeForm",
    "DayForm",
    "FiguresForm",
    "GuestForm",
    "SearchForm",
]
