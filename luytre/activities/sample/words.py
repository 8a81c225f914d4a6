"""What sample sessions are made of, with how often each comes up."""

from luytre.activities.models import Audience, Form, Setting

TOPICS = {
    "crime_prevention": 14,
    "drugs": 18,
    "fire_safety": 11,
    "traffic": 11,
    "surrender": 2,
    "weapons_handin": 7,
    "online_fraud": 13,
    "border": 5,
    "human_trafficking": 5,
    "domestic_violence": 4,
    "residence": 8,
    "forest": 4,
    "theft": 5,
    "gambling": 3,
    "rumours": 4,
    "movement": 9,
    "school_safety": 4,
    "disaster": 3,
}

PLACES = {
    Setting.GROUP: ["Nhà văn hóa", "Nhà sinh hoạt cộng đồng", "Sân nhà văn hóa", "Sân sinh hoạt chung"],
    Setting.INDIVIDUAL: ["Tại nhà", "Tại nơi làm việc", "Tại nhà văn hóa"],
    Setting.MOBILE: ["Các trục đường chính", "Khu vực chợ", "Các ngõ xóm"],
}
COMMUNE_PLACES = ["Hội trường UBND", "Sân vận động", "Nhà văn hóa trung tâm", "Trung tâm học tập cộng đồng"]

FORMS = {
    Setting.GROUP: {Form.TALK: 76, Form.FILM: 8, Form.STAGE: 5, Form.REPORTAGE: 5, Form.CONTEST: 2, Form.OTHER: 4},
    Setting.INDIVIDUAL: {Form.VISIT: 7, Form.TALK: 3},
    Setting.MOBILE: {Form.BROADCAST: 1},
}

AUDIENCES = {
    Audience.RESIDENTS: 70,
    Audience.MIXED: 10,
    Audience.MEMBERS: 7,
    Audience.OFFICIALS: 5,
    Audience.TRADERS: 4,
    Audience.LODGERS: 4,
}

LEADERS = [
    "Công an cấp xã",
    "Công an cấp xã phối hợp Ban công tác Mặt trận",
    "Đoàn Thanh niên",
    "Hội Liên hiệp Phụ nữ",
    "Hội Cựu chiến binh",
    "Hội Nông dân",
    "Đồn Biên phòng phối hợp công an cấp xã",
]

REMARKS = [
    "Bà con đề nghị lắp thêm đèn chiếu sáng trên các tuyến đường của khu dân cư.",
    "Người dự nêu nhiều câu hỏi về cuộc gọi giả danh công an; đã hướng dẫn cách nhận biết.",
    "Đã phát tờ rơi và hướng dẫn lưu số điện thoại trực ban.",
    "Các hộ thống nhất đưa nội dung vào quy ước của khu dân cư.",
]
