"""What the register of skilful mobilisation yields."""

from luytre.registry.models import SkilfulWork
from luytre.reporting import indicators
from luytre.reporting.indicators import Indicator

indicators.add(
    Indicator(code="dan_van_kheo_models", rows=lambda window: SkilfulWork.objects.kept_up_on(window.last_day))
)
