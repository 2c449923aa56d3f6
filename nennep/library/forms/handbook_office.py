"""What the office arranges: the tree of situations, and files of entries."""

import base64
from typing import Any

from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from nennep.core.text import vn_number
from nennep.library.models import Branch

LARGEST = 1024 * 1024
SALT = "handbook import"


class BranchForm(forms.Form):
    """A part of the handbook: its name, above which it stands, behind which neighbour."""

    title = forms.CharField(label=pgettext_lazy("handbook", "Name of the part"), max_length=200)
    parent = forms.ModelChoiceField(
        Branch.objects.filter(parent__isnull=True),
        label=_("Belongs to"),
        required=False,
        empty_label=_("nothing: it stands at the top"),
    )
    after = forms.ModelChoiceField(
        Branch.objects.all(),
        label=_("Stands behind"),
        required=False,
        empty_label=_("nothing: it is the first"),
        help_text=_("A part of the same level; any other one counts as none."),
    )

    def __init__(self, data: Any = None, *, branch: Branch | None = None, **more: Any) -> None:
        super().__init__(data, **more)
        if branch is not None:
            for name in ("parent", "after"):
                field: Any = self.fields[name]
                field.queryset = field.queryset.exclude(pk=branch.pk)


class EntriesFileForm(forms.Form):
    """The file, or what was read of it a moment ago: kept by the browser, sealed by the server."""

    file = forms.FileField(
        label=_("File of entries"),
        required=False,
        help_text=_(
            "Excel with the columns Phần, Câu hỏi, Trả lời, Các bước, Lưu ý, Căn cứ, Địa chỉ; or"
            " TOML as the program ships it. At most 1 MB."
        ),
    )
    kept = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, files: Any = None, *, person: int | None) -> None:
        super().__init__(data, files)
        self._salt = f"{SALT} {person}"

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        file = given.get("file")
        if file is not None:
            if file.size > LARGEST:
                raise forms.ValidationError(
                    _("The file has %(size)s KB; at most 1024 are taken.")
                    % {"size": vn_number(file.size // 1024)}
                )
            return given | {"name": file.name, "content": file.read()}
        try:
            kept = signing.loads(given.get("kept", ""), salt=self._salt, max_age=3600)
        except signing.BadSignature as error:
            raise forms.ValidationError(_("Choose a file.")) from error
        return given | {"name": kept["name"], "content": base64.b64decode(kept["content"])}

    def sealed(self) -> str:
        """What the next request brings back, by nobody but the same person."""
        content = base64.b64encode(self.cleaned_data["content"]).decode()
        kept = {"name": self.cleaned_data["name"], "content": content}
        return signing.dumps(kept, salt=self._salt, compress=True)
