// 512 short Vietnamese words for the reporter's code. None becomes another when tone marks are left out, nor when ch and tr,
// s and x, d, gi, r and v, l and n, or n, ng and nh, t, c and ch at the end sound alike. Their places are part of the protocol.
export const WORDS = `
bao bà bát bầu bãi bắp bạn bèo bé bên bếp bi biết biển biểu bình bò bóng bơi bơm buồm buồng búa bún búp bút
bước bưởi bụi cam cao cau cá cái cánh cát cặp chai chanh chào chậu chè chén chép chia chiều chim chín chị
choàng chong chổi chớm chớp chợ chuẩn chum chung chuông chuối chuột chuyến chùa chúc chữ chụp con cóc cối cốm
cọ cọp cua cung cuốc cuốn cú cúc cúp củi cười cừu da dao dài dâu dép dê dẻo diều dì dòng dốc dơi dùi dưới dược
dừa dừng đàn đáp đầm đất đèn đêm điểm điện đĩa đỏ đường em én ếch gà gánh gấp gấu gạch gạo gậy ghe ghép ghét
ghi giúp giữ gom góp gốc gối gỗ gương gừng gửi hai hang hầm hạt heo hè hết hẻm hẹn hẹp hiên hiếm hiếu hiệp
hình hoa hoàng hôm hồng họ học hội hộp huệ huyện huých húng hút hũ hương hươu hưu hứa in ít kem kén kéo kê kẹp
khay khách khâu khăn khắp khen khéo khép khế khiêng khiếu khích khỉ khoai khoan khoá khoe khóc khói khóm khô
không khớp khu khua khung khuôn khuy khuya khuyên khúc kia kiếm kiến kiểu kim kính kịch kịp lau làm lá lấy lạc
lạnh leo lép lê lên lều liềm liền liễu lim lĩnh lịch loa loài loạt lò lòng lốm lời lớp lộc luân luật lui luồng
lúc lưng lưới lược lụa mai mau mành má mão mắm mắt mập men mèo mép mét mềm mẻ miếu miệng minh mì mía mít móng
móp môi mỏ mỏm một mua muôn muối mũ mũi mướp mướt mừng mực nào nắp nem nét ngan ngao ngà ngày ngát ngấm ngập
nghe nghêu nghiêm nghiêng nghìn nghỉ ngoan ngoài ngói ngón ngõ ngọc nguồn nguyệt ngủ người ngược ngừng ngửi
ngựa ngực ngụm nhanh nhau nhà nhài nhào nhấp nhắm nhạc nhẹ nhện nhi nhiên nhiều nhiệm nhiệt nhìn nhím nhíp nho
nhóm nhồi nhớt nhộng nhung nhúm nhường nhừ nhựa nhụy níu nụ oanh ong ôm ốc ổi phao phà phấn phất phẩm phải
phép phên phễu phiên phiếu phim phía phích phòng phố phốt phơi phun phút phủ phương phước quai quán quả quạt
quen quét quê quốc quyết quyển quý rét rêu ríu rơm rút sao sau sách sáng sáp sâm sậy sen séo sếp sếu sẻ siêng
sim sinh sò sóc sóng sỏi sớm sui sum sung suối suốt súp sương sứ sức sữa ta tai tàu tách tám táo tầng tập tem
tê tên tết thang thau thác tháp thầy thắm thả then theo thép thêu thềm thẻ thi thiên thiếc thìa thích thoăn
thoi thóc thôn thỏ thơm thu thuần thuật thung thuyền thuỷ thước thưởng thừa thực tiêu tiền tiệc tiệm tim tin
to toán toát tòa tóc tôm tồn trà trăm trèo trót tuần tuổi tuyến tuyết túi túm tủ tước tượng uống ủng ướt việc
vịnh vịt xa xem xét xiết xích xị xoan xoài xoong xốp xuân yên yếu
`.trim().split(/\s+/u);
