"""An office's own form of a class table: kept once, its columns confirmed, put aside."""

import hashlib
from collections.abc import Iterator, Mapping

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from nennep.accounts.models import User
from nennep.core import clock, trail
from nennep.core.refusal import Refusal
from nennep.core.secret_guard import refuse_secret
from nennep.core.sheets.filling import Form
from nennep.core.text import tidy
from nennep.organisation.models import Unit
from nennep.quality.choices import FormKind
from nennep.quality.models import OfficeForm
from nennep.quality.queries.office_forms import find_form_head, path_of_form, shape_of_form

LONGEST_NAME = 200


@transaction.atomic
def keep_form(unit: Unit, *, kind: str, name: str, content: bytes, by: User) -> OfficeForm:
    """The file as it is, with what its headings seem to mean. Refused: what is no such form."""
    name = tidy(name)[:LONGEST_NAME]
    refuse_secret(name, file_name=name)
    found = find_form_head(Form(content), kind)
    digest = hashlib.sha256(content).hexdigest()
    if not default_storage.exists(path_of_form(digest)):
        default_storage.save(path_of_form(digest), ContentFile(content))
    form = OfficeForm.objects.create(
        unit=unit,
        kind=FormKind(kind),
        name=name,
        sha256=digest,
        sheet=found.sheet.name,
        head_row=found.head.last,
        columns={str(column): key for column, key in found.columns.items()},
        kept_by=by,
        kept_at=clock.now(),
    )
    trail.record("form kept", form, by=by, name=name, kind=form.kind, sha256=digest)
    return form


@transaction.atomic
def confirm_columns(form: OfficeForm, *, columns: Mapping[int, str], by: User) -> OfficeForm:
    """What each column is filled with: each kind in one column, the cell's name among them."""
    form = OfficeForm.objects.select_for_update().get(pk=form.pk)
    known = shape_of_form(form.kind).by_key
    chosen = {column: key for column, key in columns.items() if key}
    keys = list(chosen.values())
    if "unit" not in keys:
        raise Refusal(_("Say in which column the names of the cells stand."), code="no_unit_column")
    twice = sorted({known[key].title for key in keys if keys.count(key) > 1})
    if twice:
        raise Refusal(
            _("Two columns cannot be filled with the same: %(titles)s.")
            % {"titles": ", ".join(twice)},
            code="columns_twice",
        )
    form.columns = {str(column): key for column, key in chosen.items()}
    form.confirmed_by, form.confirmed_at = by, clock.now()
    form.save(update_fields=["columns", "confirmed_by", "confirmed_at"])
    trail.record("form columns confirmed", form, by=by, name=form.name, kind=form.kind)
    return form


@transaction.atomic
def put_form_aside(form: OfficeForm, *, by: User) -> OfficeForm:
    """It is offered no more. What was made with it is others' files; the record stays."""
    form = OfficeForm.objects.select_for_update().get(pk=form.pk)
    if form.put_aside_at is None:
        form.put_aside_at = clock.now()
        form.save(update_fields=["put_aside_at"])
        trail.record("form put aside", form, by=by, name=form.name, kind=form.kind)
    return form


def form_paths() -> Iterator[str]:
    """Where each kept form stands in the store."""
    for digest in OfficeForm.objects.order_by().values_list("sha256", flat=True).iterator():
        yield path_of_form(digest)
