from tests.loaded import sample, territory

__all__ = ["sample", "territory"]
