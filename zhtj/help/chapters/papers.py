"""团员档案: which papers there are, who holds them, and what to do without them."""

from zhtj.help.topic import Topic

TOPICS: tuple[Topic, ...] = (
    Topic(
        keys=("s2",),
        title="团员档案是什么",
        short="团员基本档案是两表两书一证：入团积极分子考察登记表、团员信息登记表、入团申请书、入团志愿书、团员证。系统为每位团员逐项登记。",
        readers=("member", "admin"),
        words="两表两书一证 入团志愿书 入团申请书 团员证 登记表 档案材料 扫描件",
        pages=("documents:mine", "documents:list", "documents:detail"),
        errors=("扫描件由本人", "超过 20 MB"),
    ),
    Topic(
        keys=("s3",),
        title="我的团员档案在哪里",
        short="打开“我的团员档案”：每一项材料写明存放在学籍档案、邮寄途中、本人携带还是学院团委，以及从哪一天起。",
        readers=("member", "admin"),
        words="学籍档案 邮寄 本人携带 学院团委 存放 保管 档案去哪 转入接收日期",
        pages=("documents:mine", "documents:detail", "documents:list", "freshmen:papers"),
        errors=("材料在的，需要写明存放在哪里", "档案由所在团支部或其直接上级登记"),
    ),
    Topic(
        keys=("s4",),
        title="入团材料不全怎么办",
        short="由入团所在的团委出具证明，代替缺少的材料；2016年1月及以后入团的，证明上必须有发展团员编号。缺材料不影响转接。",
        readers=("member", "admin"),
        words="材料丢失 志愿书丢失 证明 入团证明 补材料 团龄证明",
        pages=("documents:certificate", "documents:detail"),
        errors=("还没有登记入团证明", "出具日期早于入团时间", "出具日期晚于今天"),
    ),
    Topic(
        keys=("s5",),
        title="团员证遗失怎么办",
        short="不影响转接。其他材料都在的，把团员证标记为“缺”后自动列入学院的补办名单，由学校的团委汇总，一次补办。",
        readers=("member", "admin"),
        words="团员证丢了 补办团员证 补办名单 汇总 领取",
        pages=("documents:reissues",),
        errors=("没有可以办理的补办名单", "补办名单由最上一级的团委汇总"),
    ),
)
