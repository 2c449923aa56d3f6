from nennep.library.actions.indexing import index_collection
from nennep.library.actions.rebuilding import rebuild
from nennep.library.actions.refreshing import refresh_sources

__all__ = ["index_collection", "rebuild", "refresh_sources"]
