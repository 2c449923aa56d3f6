from nennep.library.actions.indexing import Source, index_collection

__all__ = ["Source", "index_collection"]
