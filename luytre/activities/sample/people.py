"""Sample accounts: one for each kind of user, all with one known password."""

from dataclasses import dataclass

from luytre import audit
from luytre.accounts import life
from luytre.accounts.models import Assignment, User
from luytre.accounts.roles import Role
from luytre.accounts.sample import PASSWORD
from luytre.activities.sample.chance import ACTOR, evening
from luytre.activities.sample.places import REFORM, Ground
from luytre.areas.models import Area, Level

MUONG_PHANG, DIEN_BIEN_PHU = "03325", "03127"


@dataclass(frozen=True)
class Account:
    username: str
    full_name: str
    position: str
    role: Role
    area: Area


def load(ground: Ground) -> dict[str, User]:
    """The administrator makes the others, as in life; auditors are out of every administrator's reach."""
    nation = Area.objects.get(level=Level.NATION)
    administrator, auditor, *others = accounts(ground, nation)
    first = from_outside(administrator)
    people = {first.username: first, auditor.username: from_outside(auditor)}
    for account in others:
        user = User(username=account.username, full_name=account.full_name, position=account.position)
        life.enrol(user, role=account.role, area=account.area, by=first, at=evening(REFORM))
        user.choose_password(PASSWORD)
        people[user.username] = user
    return people


def from_outside(account: Account) -> User:
    """Whom nobody in the system could have made."""
    names = {"full_name": account.full_name, "position": account.position}
    user = User.objects.create_user(account.username, PASSWORD, **names)
    assignment = Assignment.objects.create(user=user, role=account.role, area=account.area, valid_from=REFORM)
    audit.record(user, "enrolled", by=ACTOR, area_path=account.area.path)
    audit.record(assignment, "assigned", by=ACTOR, area_path=account.area.path)
    return user


def accounts(ground: Ground, nation: Area) -> list[Account]:
    commune = Area.objects.find(MUONG_PHANG, on=REFORM, level=Level.COMMUNE)
    other = Area.objects.find(DIEN_BIEN_PHU, on=REFORM, level=Level.COMMUNE)
    province = Area.objects.find("11", on=REFORM, level=Level.PROVINCE)
    hamlet = ground.hamlets[MUONG_PHANG][0].after
    return [
        Account("quantri", "Quản trị tài khoản (tài khoản mẫu)", "Quản trị", Role.ADMINISTRATOR, nation),
        Account("kiemtoan", "Kiểm toán độc lập (tài khoản mẫu)", "Kiểm toán viên", Role.AUDITOR, nation),
        Account("truongban", "Trưởng bản (tài khoản mẫu)", "Trưởng bản", Role.AREA_HEAD, hamlet),
        Account("canboxa", "Cán bộ xã (tài khoản mẫu)", "Công an xã", Role.COMMUNE_OFFICER, commune),
        Account("lanhdaoxa", "Lãnh đạo xã (tài khoản mẫu)", "Phó Chủ tịch UBND xã", Role.COMMUNE_LEADER, commune),
        Account("canboxa2", "Cán bộ phường khác (tài khoản mẫu)", "Công an phường", Role.COMMUNE_OFFICER, other),
        Account("tinh", "Bộ phận phong trào tỉnh (tài khoản mẫu)", "Công an tỉnh", Role.PROVINCE_DESK, province),
        Account("tinh2", "Người ký của tỉnh (tài khoản mẫu)", "Công an tỉnh", Role.PROVINCE_DESK, province),
        Account("banchidao", "Ban Chỉ đạo tỉnh (tài khoản mẫu)", "Thành viên Ban Chỉ đạo", Role.COMMITTEE, province),
        Account("bo", "Bộ phận phong trào của Bộ (tài khoản mẫu)", "Bộ Công an", Role.MINISTRY_DESK, nation),
        Account("bo2", "Người ký của Bộ (tài khoản mẫu)", "Bộ Công an", Role.MINISTRY_DESK, nation),
    ]
