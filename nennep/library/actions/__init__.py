from nennep.library.actions.handbook_loading import LoadedEntries, load_handbook
from nennep.library.actions.indexing import index_collection
from nennep.library.actions.rebuilding import rebuild
from nennep.library.actions.refreshing import refresh_sources

__all__ = ["LoadedEntries", "index_collection", "load_handbook", "rebuild", "refresh_sources"]
