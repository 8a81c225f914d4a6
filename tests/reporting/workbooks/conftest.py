from tests.reporting.returns.conftest import errand, forms, hamlet, leader, officer, unit

__all__ = ["errand", "forms", "hamlet", "leader", "officer", "unit"]
