"""Registration codes: issuing, handing out, and what a refused code means."""

from zhtj.help.topic import Topic

TOPICS: tuple[Topic, ...] = (
    Topic(
        keys=("m5", "q5", "q6"),
        title="怎样注册为管理员，注意什么",
        short="在登录页点“注册”，再点“管理员注册”：选择组织和职务，填注册码，填个人资料和密码，完成后就是管理员。",
        readers=("admin",),
        words="管理员注册 在哪里注册 注册入口 管理员账号 团内职务 选择组织",
        pages=("regcodes:organization", "regcodes:code", "regcodes:title", "regcodes:person"),
        errors=("每个组织只有一名书记", "这一步停留得太久"),
    ),
    Topic(
        keys=("m6", "q8"),
        title="注册码用不了怎么办，有什么限制",
        short="“管理员注册码错误”有三种原因：组织或注册码不对、大小写不对、过了第 20 天。一个注册码只注册一人。",
        readers=("admin",),
        words="管理员注册码错误 失效 过期 二十天 20天 大小写 已使用 作废 一次",
        pages=("regcodes:code",),
        errors=("管理员注册码错误", "注册码输错次数过多", "管理员名额已被占用"),
    ),
    Topic(
        keys=("m8", "q7"),
        title="怎样生成管理员注册码",
        short="管理中心 → 组织管理 → 下级组织管理：一个组织点“注册码”，许多组织勾选后点“批量导出注册码”。只能给直属下级。",
        readers=("admin",),
        words="分配 发放 导出 批量 凭条 打印 邀请码 验证码 下级管理员 重新分配 直属",
        pages=(
            "regcodes:show",
            "regcodes:reissue",
            "regcodes:void",
            "codes:list",
            "codes:plan",
            "codes:slips",
            "desk:subordinates",
        ),
        errors=("管理员注册码由直接上级分配", "不能再分配注册码", "没有可以作废的注册码"),
    ),
)
