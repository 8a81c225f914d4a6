"""The made-up accounts of a sample home: one for each role, all with one password that is no secret."""

from luytre.accounts.models import User
from luytre.areas.models import Area

PASSWORD = "Luy-Tre-2026"  # noqa: S105  (printed at every start of a sample home)
TIP_WORDS = "tre xanh mọc bên sông"  # unlock every sample key of the tip line, with marks or without
TIP_CODE = "phẩm mét bước gừng nhóm hương bãi toát nhường tin"  # of one sample tip, to come back as its reporter
USERNAMES = (
    *("truongban", "canboxa", "canboxa2", "lanhdaoxa", "tinh", "tinh2"),
    *("banchidao", "bo", "bo2", "quantri", "kiemtoan"),
    *("trucban", "trucban2", "trucban3", "tructinh", "tructinh2", "giudanh", "giudanh2"),
)


def accounts() -> list[User]:
    """Those that exist; none where nothing made-up was loaded."""
    if not Area.objects.filter(is_sample=True).exists():
        return []
    found = {user.username: user for user in User.objects.filter(username__in=USERNAMES)}
    return [found[name] for name in USERNAMES if name in found]
