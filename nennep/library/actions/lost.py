"""What was asked and not answered, for those who write the handbook."""

from datetime import timedelta

from django.db import transaction
from django.db.models import F

from nennep.core import clock
from nennep.library.models import LostQuestion
from nennep.library.rules.lost import kept_words

KEPT_FOR = timedelta(days=365)  # our own choice [D]


@transaction.atomic
def note_lost(text: str) -> None:
    """The words, the day and how often: nobody's name, no line of the trail.

    It is not a change that somebody made, and who asked is what must not be kept.
    """
    if not (words := kept_words(text)):
        return
    today = clock.today()
    question, _is_new = LostQuestion.objects.get_or_create(text=words, day=today)
    LostQuestion.objects.filter(pk=question.pk).update(count=F("count") + 1)
    LostQuestion.objects.filter(day__lt=today - KEPT_FOR).delete()
