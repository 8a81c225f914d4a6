from tests.loaded import territory

__all__ = ["territory"]
