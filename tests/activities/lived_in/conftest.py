from tests import loaded
from tests.loaded import sample

__all__ = ["sample"]

territory = loaded.territory_for("package")
