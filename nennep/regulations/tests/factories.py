from datetime import date
from uuid import uuid4

import factory
from django.contrib.auth import get_user_model
from factory.django import DjangoModelFactory

from nennep.core import clock
from nennep.regulations.models import Basis, RuleStamp, RuleValue


class PersonFactory(DjangoModelFactory):
    class Meta:
        model = get_user_model()

    username = factory.Sequence(lambda n: f"nguoi-{n}")
    display_name = factory.Sequence(lambda n: f"Nguyễn Văn {n}")


class BasisFactory(DjangoModelFactory):
    class Meta:
        model = Basis

    code = factory.Sequence(lambda n: f"kh-{n}-du")
    symbol = factory.Sequence(lambda n: f"{n:02d}-KH/ĐU")
    kind = "plan"
    title = "Kế hoạch nâng cao chất lượng sinh hoạt chi bộ"
    issued_on = date(2024, 1, 5)
    mark = "P"


class RuleValueFactory(DjangoModelFactory):
    class Meta:
        model = RuleValue
        skip_postgeneration_save = True

    key = "targets.ATT"
    value = factory.LazyFunction(lambda: {"share": "0.9", "bound": "≥"})
    valid_from = date(2024, 1, 1)
    basis = factory.SubFactory(BasisFactory)
    clause = "mục 2"
    mark = "P"
    entered_at = factory.LazyFunction(clock.now)

    @factory.post_generation
    def new_page(self, create, extracted, **kwargs):
        RuleStamp.objects.update_or_create(pk=1, defaults={"stamp": uuid4()})
