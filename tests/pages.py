"""What a page offers to be filled in, as a browser would send it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from html.parser import HTMLParser

TEXT = {"text", "search", "email", "tel", "url", "password", "textarea"}
UNTYPED = {"submit", "button", "reset", "image", "file"}


@dataclass
class Field:
    name: str
    kind: str
    value: str = ""
    most: int = 10_000
    is_required: bool = False
    is_chosen: bool = False
    choices: list[str] = field(default_factory=list)

    @property
    def takes_text(self) -> bool:
        return self.kind in TEXT


@dataclass
class Form:
    """`action` is empty where the page posts to itself."""

    action: str
    method: str
    fields: list[Field] = field(default_factory=list)
    buttons: list[tuple[str, str]] = field(default_factory=list)

    def filled(
        self, text: Callable[[Field], str], button: tuple[str, str] | None = None
    ) -> dict[str, list[str]]:
        """Every text as asked, everything else as the page has it, or the first that is offered."""
        sent: dict[str, list[str]] = {button[0]: [button[1]]} if button else {}
        radios: set[str] = set()
        for one in self.fields:
            value: str | None = one.value
            if one.takes_text:
                value = text(one)
            elif one.kind == "select":
                value = one.value or next((c for c in one.choices if c), "")
            elif one.kind == "radio":
                value = one.value if one.is_chosen or one.name not in radios else None
                radios.add(one.name)
                sent.pop(one.name, None) if value is not None else None
            elif one.kind == "checkbox":
                value = (one.value or "on") if one.is_chosen or one.is_required else None
            elif one.kind == "number":
                value = one.value or "1"
            if value is not None:
                sent.setdefault(one.name, []).append(value)
        return sent


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._form: Form | None = None
        self._apart: dict[str, Form] = {}
        self._within: Field | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = dict(attrs)
        if tag == "form":
            self._form = Form(has.get("action") or "", (has.get("method") or "get").lower())
            self.forms.append(self._form)
            self._apart[has.get("id") or ""] = self._form
        elif tag == "option" and self._within is not None:
            self._option(has)
        elif tag in {"input", "textarea", "select", "button"}:
            self._field(tag, has)

    def handle_data(self, data: str) -> None:
        if self._within is not None and self._within.kind == "textarea":
            self._within.value += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag in {"textarea", "select"}:
            self._within = None

    def _option(self, has: dict[str, str | None]) -> None:
        assert self._within is not None
        self._within.choices.append(has.get("value") or "")
        if "selected" in has:
            self._within.value = has.get("value") or ""

    def _field(self, tag: str, has: dict[str, str | None]) -> None:
        form = self._apart.get(has.get("form") or "") if has.get("form") else self._form
        kind = (has.get("type") or "text").lower() if tag == "input" else tag
        if form is not None and has.get("name") and tag == "button":
            form.buttons.append((has["name"] or "", has.get("value") or ""))
        if form is None or not has.get("name") or kind in UNTYPED:
            return
        found = Field(
            has["name"] or "", kind, has.get("value") or "", int(has.get("maxlength") or 10_000),
            is_required="required" in has, is_chosen="checked" in has,
        )  # fmt: skip
        form.fields.append(found)
        if tag in {"textarea", "select"}:
            self._within = found


def forms_of(html: str) -> list[Form]:
    reader = _Reader()
    reader.feed(html)
    return reader.forms
