from pathlib import Path

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LibraryConfig(AppConfig):
    name = "nennep.library"
    label = "library"

    def ready(self) -> None:
        from nennep.core import kept_files, trail, verbs  # noqa: PLC0415 -- needs the app registry
        from nennep.library.actions.files import document_file_paths  # noqa: PLC0415 -- likewise
        from nennep.library.actions.finding import follow_basis  # noqa: PLC0415 -- likewise
        from nennep.library.actions.refreshing import register_later  # noqa: PLC0415 -- likewise
        from nennep.library.choices import TRAIL, TRAIL_WORDS, Can  # noqa: PLC0415 -- likewise
        from nennep.library.jobs import refresh_found  # noqa: PLC0415 -- likewise
        from nennep.library.queries.documents import page_of_basis  # noqa: PLC0415 -- likewise
        from nennep.library.rules.documents import DocumentRules  # noqa: PLC0415 -- likewise
        from nennep.library.rules.thresholds import HandbookRules  # noqa: PLC0415 -- likewise
        from nennep.regulations.actions import register_follower  # noqa: PLC0415 -- likewise
        from nennep.regulations.queries import (  # noqa: PLC0415 -- likewise
            register_document_page,
            register_presets,
        )
        from nennep.regulations.rules import register_rules  # noqa: PLC0415 -- likewise
        from nennep.ui.http import (  # noqa: PLC0415 -- likewise
            NavGroup,
            register_finder,
            register_nav,
        )

        register_later(lambda kind, keys: refresh_found.enqueue(kind=kind, keys=keys))
        register_finder("library:search", "library:suggest", verb=Can.SEARCH)
        verbs.register(Can)
        trail.register_labels(TRAIL)
        trail.register_words(TRAIL_WORDS)
        register_rules(DocumentRules)
        register_rules(HandbookRules)
        register_document_page(page_of_basis)
        register_follower(follow_basis)
        register_presets(Path(__file__).parent / "presets")
        register_nav(
            label=_("Documents"),
            url_name="library:documents",
            icon="folder",
            verb=Can.VIEW_DOCUMENTS,
            order=40,
            group=NavGroup.KNOWLEDGE,
        )
        kept_files.register_kept_files("files of documents", document_file_paths)
        _offer_handbook()
        _derive_index()


def _derive_index() -> None:
    from nennep.core.derived import Derived, register_derived  # noqa: PLC0415 -- needs the app registry
    from nennep.library.actions.posting import post_again  # noqa: PLC0415 -- likewise
    from nennep.library.models import Collection, Piece, Posting, Term  # noqa: PLC0415 -- likewise

    register_derived(
        Derived(
            name=_("index of the search"),
            tables=[Term, Posting],
            made_from=[Collection, Piece],
            make_again=post_again,
        )
    )


def _offer_handbook() -> None:
    """The handbook among the ways into the product, and in what is found: for everybody."""
    from nennep.library.queries.documents_found import document_sources  # noqa: PLC0415 -- needs the app registry
    from nennep.library.queries.handbook_found import handbook_sources  # noqa: PLC0415 -- needs the app registry
    from nennep.library.queries.sources import register_source  # noqa: PLC0415 -- likewise
    from nennep.ui.http import NavGroup, register_nav  # noqa: PLC0415 -- likewise

    register_source(handbook_sources())
    for kind in document_sources():
        register_source(kind)

    register_nav(
        label=_("Handbook"),
        url_name="library:handbook",
        icon="book",
        order=70,
        group=NavGroup.KNOWLEDGE,
    )
