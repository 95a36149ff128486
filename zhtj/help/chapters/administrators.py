"""Administrators and cadres: adding, changing, and people who belong to several organisations."""

from zhtj.help.topic import Topic

TOPICS: tuple[Topic, ...] = (
    Topic(
        keys=("q21",),
        title="怎样添加管理员",
        short="每个组织最多两名管理员。指定的人没有注册的，由直接上级分配管理员注册码；已是本组织团干部的，在“管理员变更”中添加。",
        readers=("admin",),
        words="第二名管理员 增加管理员 两名 席位 副管理员",
        pages=("seats:own", "seats:show", "seats:add"),
        errors=("已有两名管理员", "没有选择变更的内容", "待接转团支部由上级组织的管理员管理"),
    ),
    Topic(
        keys=("q22", "q23"),
        title="指定的管理员已经注册过怎么办",
        short="不用再注册。已是本组织团干部的直接办管理员变更；是本支部团员的先登记团内职务；在别处的，团支部先办转接，领导机关、团委、团工委、团总支用邀请。",
        readers=("admin",),
        words="已注册 身份证已注册 不能注册 邀请 团内职务 任命",
        pages=("cadres:add", "cadres:enter", "cadres:invite", "cadres:offer", "regcodes:person", "seats:add"),
        errors=(
            "不能邀请已注册的人员",
            "请先登记其团内职务",
            "没有找到姓名和身份证号码都相符的账号",
            "邀请由本组织的管理员办理",
            "身份证已注册：团籍在团支部",
            "身份证已注册：就在本团支部",
            "已是本团支部的团员",
            "您的团籍在其他团支部",
        ),
    ),
    Topic(
        keys=("q24",),
        title="怎样变更管理员",
        short="“管理员变更”中从团干部里选择接替的人。本组织自己变更的，由直接上级同意后生效；直接上级为直属下级变更的，马上生效。",
        readers=("admin",),
        words="换管理员 移交 卸任 接替 交接清单 离任 换届",
        pages=("seats:change", "seats:own", "seats:show", "seats:checklist", "cadres:end"),
        errors=(
            "唯一的管理员",
            "管理员由本组织或其直接上级变更",
            "请返回查看现在的管理员",
            "请先办理管理员变更，再终止职务",
        ),
    ),
    Topic(
        keys=("q25",),
        title="领导机关管理员的团籍在哪里",
        short="不在领导机关。领导机关的管理员只登记职务；需要团籍的，加入一个团支部，职务和管理员身份不变。",
        readers=("admin",),
        words="没有团籍 团籍在哪 机关 领导机关 团县委 团市委 入团",
        pages=("regcodes:person", "regcodes:title"),
    ),
    Topic(
        keys=("q40", "q41"),
        title="怎样加入领导机关或基层团委",
        short="没有注册的人，由该组织录入为团干部，或者凭管理员注册码注册；已经注册的人，由该组织邀请，本人在操作中心同意，团籍不动。",
        readers=("member", "admin"),
        words="邀请 兼职 挂职 多个组织 机关干部 团委干部 添加团干部 接受邀请",
        pages=("cadres:list", "cadres:add_here", "cadres:detail", "me:inbox"),
        errors=("在团支部应作为团员录入",),
    ),
)
