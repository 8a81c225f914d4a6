from tests import loaded

territory = loaded.territory_for("module")
