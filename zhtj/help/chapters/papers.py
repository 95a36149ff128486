"""Personal data and 团员档案: how data are changed, which papers there are, who holds them, what to do without them."""

from zhtj.help.topic import Topic

TOPICS: tuple[Topic, ...] = (
    Topic(
        keys=("q39",),
        title="怎样修改个人信息",
        short="本人在“我的资料”中申请，管理员逐项同意后生效；本团支部的管理员和团支部直接上级的管理员可以直接修改。姓名和身份证号码只由直接上级更正。",
        readers=("member", "admin"),
        words="改手机号 改名字 更正 姓名写错 身份证错 入团时间错 修改资料 学历 民族 编号错",
        pages=(
            "me:profile",
            "me:edit",
            "me:correct",
            "me:correct_post",
            "me:report_post",
            "me:requests",
            "members:edit",
            "members:correct",
            "cadres:edit",
            "cadres:correct",
            "petitions:detail",
        ),
        errors=("自己的资料由别的管理员同意后修改", "没有勾选任何一项", "没有勾选的项目要写明退回的原因"),
    ),
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
