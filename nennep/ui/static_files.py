"""Where the page's own files get their lasting names."""

from collections.abc import Iterator
from typing import Any

from whitenoise.storage import CompressedManifestStaticFilesStorage

# Shipped by django-htmx, used by nothing here; they import names that only a bundler knows.
UNUSED = "django_htmx/"


class HashedModules(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # untyped package
    """Every file's name carries its hash, also where one ES module imports another."""

    support_js_module_import_aggregation = True

    def post_process(
        self, paths: dict[str, Any], *rest: Any, **options: Any
    ) -> Iterator[tuple[str, str, bool | Exception]]:
        used = {path: held for path, held in paths.items() if not path.startswith(UNUSED)}
        yield from super().post_process(used, *rest, **options)
