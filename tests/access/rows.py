"""One row for every address: who may open it, and for whom or what.

A new address needs a row here; tests/test_access.py fails without it. `name?parameter` is the same address with the
thing named in its query. About an organisation, member or person
the row lists, for each role, the places where it is allowed; `!place` is in scope but refused with a reason (403).
Every other place must answer exactly like one that does not exist, and change nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Row:
    """`door`: public, personal (signed in), seated (with a seat) or about (`kind` of thing in a place).

    `methods` are asked one after the other; `data` is sent with POST. `public_names`: the page may name any
    organisation. `refused` are roles with a seat that are told why not (403), `absent` those for whom the page
    does not exist (404).
    """

    door: str
    methods: tuple[str, ...] = ("get",)
    kind: str = ""
    args: tuple[str, ...] = ()
    data: Mapping[str, str] = field(default_factory=dict)
    allowed: Mapping[str, str] = field(default_factory=dict)
    refused: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    public_names: bool = False
    sample: bool = False  # shows invented people

    def cell(self, role: str, place: str) -> str:
        """`yes`, `refused` or `absent`."""
        words = self.allowed.get(role, "").split()
        if place in words:
            return "yes"
        return "refused" if f"!{place}" in words else "absent"


GET, POST, BOTH = ("get",), ("post",), ("get", "post")


def public(methods: tuple[str, ...] = GET, **facts) -> Row:
    """For everybody, signed in or not."""
    return Row("public", methods, public_names=True, **facts)


def personal(methods: tuple[str, ...] = GET, **facts) -> Row:
    """For everybody who is signed in."""
    return Row("personal", methods, **facts)


def seated(methods: tuple[str, ...] = GET, **facts) -> Row:
    """For administrators, about the organisation they act for."""
    return Row("seated", methods, **facts)


def about(
    kind: str,
    methods: tuple[str, ...] = GET,
    *,
    data: Mapping[str, str] | None = None,
    public_names: bool = False,
    **allowed: str,
) -> Row:
    """About one thing in a place."""
    return Row("about", methods, kind=kind, data=data or {}, allowed=allowed, public_names=public_names)


# In scope, deleted left out: what each administrator of the matrix sees.
SEEN_ORGS = {
    "branch": "class1",
    "committee": "college class1 class2 freshmen",
    "province": "corps university college class1 class2 freshmen",
    "unrelated": "zibo workshop",
}
SEEN_MEMBERS = {
    "branch": "class1",
    "committee": "class1 class2",
    "province": "class1 class2",
    "unrelated": "workshop",
}
# An organisation without anybody has nothing to hand out.
ARCHIVED_ORGS = {
    "branch": "class1",
    "committee": "college class1 class2 !freshmen",
    "province": "corps university college class1 class2 !freshmen",
    "unrelated": "zibo workshop",
}
SEEN_LETTERS = {"committee": "class1", "province": "class1", "unrelated": "workshop"}
ISSUED_LETTERS = {**SEEN_LETTERS, "province": "!class1"}
DIRECT_CODES = {
    "branch": "!class1",
    "committee": "!college class1 class2 freshmen",
    "province": "!corps university !college !class1 !class2 !freshmen",
    "unrelated": "!zibo !workshop",
}
EDITED_MEMBERS = {
    "branch": "class1",
    "committee": "class1 class2",
    "province": "!class1 !class2",
    "unrelated": "workshop",
}
KEPT_PAPERS = {**EDITED_MEMBERS, "province": "!class1"}
CORRECTED_MEMBERS = {**EDITED_MEMBERS, "branch": "!class1"}
EDITED_ORGS = {
    "branch": "!class1",
    "committee": "!college class1 class2 freshmen",
    "province": "!corps university !college !class1 !class2 !freshmen",
    "unrelated": "!zibo workshop",
}
RESET_PEOPLE = {
    "branch": "class1",
    "committee": "!college class1 class2",
    "province": "!corps university !college !class1 !class2",
    "unrelated": "workshop",
}
# Whose record is read: the people of the own subtree.
AUDITED_PEOPLE = {
    "branch": "class1",
    "committee": "college class1 class2",
    "province": "corps university college class1 class2",
    "unrelated": "workshop",
}
MANAGED_ORGS = {
    "branch": "class1",
    "committee": "college class1 class2 freshmen",
    "province": "corps university !college !class1 !class2 !freshmen",
    "unrelated": "zibo workshop",
}
# The deadline of an organisation, and the marks of a branch's members: its own administrators and the superior's.
GRADUATION_DEADLINES = {
    "branch": "!class1",
    "committee": "college !class1 !class2 !freshmen",
    "province": "corps university !college !class1 !class2 !freshmen",
    "unrelated": "zibo !workshop",
}
GRADUATES = {
    "branch": "class1",
    "committee": "!college class1 class2 freshmen",
    "province": "!corps !university !college !class1 !class2 !freshmen",
    "unrelated": "!zibo workshop",
}
# Newcomers are received by the 团委 above the classes alone.
RECEIVING_ORGS = {
    "branch": "!class1",
    "committee": "college !class1 !class2 !freshmen",
    "province": "!corps !university !college !class1 !class2 !freshmen",
    "unrelated": "!zibo !workshop",
}
MANAGED_POSTS = {
    "branch": "class1",
    "committee": "college class1 class2",
    "province": "corps university !college !class1 !class2",
    "unrelated": "zibo workshop",
}
SEEN_POSTS = {
    "branch": "class1",
    "committee": "college class1 class2",
    "province": "corps university college class1 class2",
    "unrelated": "zibo workshop",
}
# Nobody corrects himself; the posts in class1 and workshop are held by members.
CORRECTED_POSTS = {
    "branch": "!class1",
    "committee": "!college class1 class2",
    "province": "!corps university !college !class1 !class2",
    "unrelated": "!zibo workshop",
}
# Only the posts in class1 and workshop carry no seat.
ENDED_POSTS = {
    "branch": "class1",
    "committee": "!college class1 !class2",
    "province": "!corps !university !college !class1 !class2",
    "unrelated": "!zibo workshop",
}
INVITING_ORGS = {
    "branch": "!class1",
    "committee": "college !class1 !class2 !freshmen",
    "province": "corps !university !college !class1 !class2 !freshmen",
    "unrelated": "zibo !workshop",
}
FOUNDING_ORGS = {
    "branch": "!class1",
    "committee": "college !class1 !class2 !freshmen",
    "province": "corps !university !college !class1 !class2 !freshmen",
    "unrelated": "zibo !workshop",
}
IMPORTING_ORGS = {
    "branch": "class1",
    "committee": "college class1 class2 freshmen",
    "province": "corps university !college !class1 !class2 !freshmen",
    "unrelated": "zibo workshop",
}
SEEN_PETITIONS = {"branch": "class1", "committee": "class1", "province": "class1", "unrelated": "workshop"}
DECIDED_PETITIONS = {
    "branch": "!class1",
    "committee": "class1",
    "province": "!class1",
    "unrelated": "workshop",
}
WITHDRAWN_PETITIONS = {
    "branch": "class1",
    "committee": "!class1",
    "province": "!class1",
    "unrelated": "!workshop",
}
CLOSED_ORGS = {
    "branch": "!class1",
    "committee": "!college class1 class2 freshmen",
    "province": "!corps !university !college !class1 !class2 !freshmen",
    "unrelated": "!zibo workshop",
}
MOVING_ORGS = {
    "branch": "class1",
    "committee": "college !class1 !class2 freshmen",
    "province": "!corps !university !college !class1 !class2 !freshmen",
    "unrelated": "zibo !workshop",
}
SEEN_TRANSFERS = {
    "branch": "class1",
    "committee": "class1 class2",
    "province": "class1 class2",
    "unrelated": "workshop",
}
DECIDED_TRANSFERS = {
    "branch": "class1",
    "committee": "class1 class2",
    "province": "!class1 !class2",
    "unrelated": "workshop",
}
REMINDED_TRANSFERS = {
    "branch": "!class1",
    "committee": "class1 !class2",
    "province": "!class1 !class2",
    "unrelated": "workshop",
}
RESENT_TRANSFERS = {"branch": "class1", "committee": "class1", "province": "class1"}
MOVED_MEMBERS = SEEN_MEMBERS


def refused(seen: dict[str, str]) -> dict[str, str]:
    """Seen by all of these, done by none."""
    return {role: " ".join(f"!{place}" for place in places.split()) for role, places in seen.items()}


PAIRS = {
    "branch": "class1",
    "committee": "class1 class2",
    "province": "class1 class2",
    "unrelated": "workshop",
}
DECIDED_PAIRS = {
    "branch": "!class1",
    "committee": "class1 class2",
    "province": "!class1 !class2",
    "unrelated": "workshop",
}
# Only the college decided; whoever acts above it sees, and the branch may only ask.
UNDONE_REMOVALS = {
    "branch": "!class1",
    "committee": "class1",
    "province": "!class1",
    "unrelated": "workshop",
}
OWN_BATCHES = {"branch": "class1", "committee": "college"}

SENT_TOGETHER = {"branch": "class1", "committee": "class1", "province": "class1"}

ROWS: dict[str, Row] = {
    # -- runtime
    "healthz": public(),
    "readyz": public(),
    "styleguide": public(sample=True),
    # -- accounts
    "accounts:sign_in": public(BOTH),
    "accounts:sign_out": public(POST),
    "accounts:first_sign_in": public(BOTH),
    "accounts:forgot": public(BOTH),
    "accounts:check_password": public(POST),
    "accounts:captcha_new": public(),
    "accounts:captcha_image": public(args=("0" * 40,)),
    "accounts:captcha_words": public(args=("0" * 40,)),
    "accounts:change_password": personal(BOTH),
    # -- members
    "me:start": public(),
    "me:home": personal(),
    "me:inbox": personal(),
    "me:take_as_read": personal(POST),
    "me:requests": personal(),
    "me:profile": personal(),
    "me:edit": personal(BOTH, data={"education": "大专"}),
    "me:correct": personal(BOTH, args=("name",), data={"right": "改名", "remark": "登记错了"}),
    "me:correct_post": about("post", BOTH, committee="college", province="corps", unrelated="zibo"),
    "me:report_post": personal(BOTH, data={"title": "组织委员"}),
    "me:watchers": personal(),
    "me:history": personal(),
    "me:seen": personal(),
    "me:seen_excel": personal(POST),
    "members:list": seated(),
    "members:find": seated(BOTH, data={"number": "110199200001010015"}),
    "members:chosen": seated(POST, data={"account": "0"}),
    "members:appoint": seated(POST, data={"account": "0"}),
    "members:view_save": seated(POST, data={"name": ""}),
    "members:view_delete": seated(POST, data={"name": "没有"}),
    "members:view_default": seated(POST, data={"name": "没有"}),
    "members:export": seated(BOTH),
    "members:export_masked": seated(POST),
    "members:export_full": seated(POST),
    "members:archive": seated(),
    "members:archive?org": about("org", **SEEN_ORGS),
    "members:archive_masked": about("org", POST, **ARCHIVED_ORGS),
    "members:archive_full": about("org", POST, data={"reason": ""}, **SEEN_ORGS),
    "members:add": seated(BOTH),
    "members:check": seated(POST, data={"number": "110199200001010015"}),
    "members:detail": about("member", **SEEN_MEMBERS),
    "members:edit": about("member", BOTH, data={"education": "大专"}, **EDITED_MEMBERS),
    "members:correct": about("member", BOTH, data={"name": "改名", "reason": "试"}, **CORRECTED_MEMBERS),
    "members:reveal": about("member", POST, data={"reason": "核对"}, **SEEN_MEMBERS),
    "members:reveal_phone": about("member", POST, data={"reason": "核对"}, **SEEN_MEMBERS),
    "members:reset_codes": seated(POST, data={"account": "0"}),
    "members:reset_slips": seated(
        POST, data={"chosen": "0"}, refused=("branch", "committee", "province", "unrelated")
    ),
    "members:place": about("org", POST, data={"account": "0"}, **CLOSED_ORGS),
    "members:place_confirm": about("org", POST, **CLOSED_ORGS),
    "members:reset_code": about("person", BOTH, **RESET_PEOPLE),
    # -- orgs
    "orgs:info": seated(),
    "orgs:info_edit": seated(BOTH),
    "orgs:create": seated(BOTH, refused=("branch",)),
    # The names in its hints are examples.
    "orgs:create_one": seated(
        BOTH, data={"short_name": "新团支部", "category": "branch"}, refused=("branch",), public_names=True
    ),
    "orgs:create?parent": about("org", BOTH, **FOUNDING_ORGS),
    "orgs:create_one?parent": about(
        "org", BOTH, data={"short_name": "新团支部", "category": "branch"}, public_names=True, **FOUNDING_ORGS
    ),
    "orgs:create_template": seated(refused=("branch",)),
    "orgs:create_template?parent": about("org", **FOUNDING_ORGS),
    # Without a sealed plan there is nothing to create or to return.
    "orgs:create_confirm": seated(POST, refused=("branch", "committee", "province", "unrelated")),
    "orgs:create_returned": seated(POST, refused=("branch", "committee", "province", "unrelated")),
    "orgs:preview": seated(refused=("branch",)),
    "orgs:preview?parent": about("org", **FOUNDING_ORGS),
    "orgs:picker": public(),
    "orgs:detail": about("org", **SEEN_ORGS),
    "orgs:edit": about("org", BOTH, data={"short_name": "改名团支部"}, **EDITED_ORGS),
    # -- desk
    "desk:home": seated(public_names=True),  # what waits names where transfers go
    "desk:subordinates": seated(absent=("branch",)),
    "desk:subordinates_export": seated(POST, absent=("branch",)),
    "desk:contacts": seated(absent=("branch",)),
    "desk:contacts_export": seated(POST, absent=("branch",)),
    "desk:search": seated(absent=("branch",)),
    "desk:tree": seated(absent=("branch",)),
    "desk:tree_level": about("org", **SEEN_ORGS),
    "desk:switch": Row(
        "seated", POST, data={"seat": "0"}, absent=("branch", "committee", "province", "unrelated")
    ),
    "desk:inbox": seated(public_names=True),  # transfers name where they go
    "desk:inbox_approve": seated(POST),
    "desk:inbox_send_back": seated(POST, data={"remark": "请补充"}),
    "desk:inbox_asked": seated(),
    "desk:inbox_decided": seated(),
    "codes:list": seated(absent=("branch",)),
    "codes:plan": seated(POST, data={"all": "1"}),
    "codes:excel": seated(POST, refused=("branch", "committee", "province", "unrelated")),
    "codes:slips": seated(POST, refused=("branch", "committee", "province", "unrelated")),
    "audit:own": seated(public_names=True),
    "audit:organization": about("org", public_names=True, **SEEN_ORGS),  # transfers name where they go
    "audit:organization_excel": about("org", POST, **SEEN_ORGS),
    "audit:person": about("person", **AUDITED_PEOPLE),
    "audit:person_excel": about("person", POST, **AUDITED_PEOPLE),
    # -- imports
    "imports:list": seated(),
    "imports:new": seated(BOTH),
    "imports:new?org": about("org", BOTH, **IMPORTING_ORGS),
    "imports:template": seated(),
    "imports:template?org": about("org", **IMPORTING_ORGS),
    "imports:detail": about("batch", **OWN_BATCHES),
    "imports:progress": about("batch", **OWN_BATCHES),
    "imports:tick": about("batch", POST, **OWN_BATCHES),
    "imports:confirm": about("batch", POST, **OWN_BATCHES),
    "imports:cancel": about("batch", POST, **OWN_BATCHES),
    "imports:abandon": about("batch", POST, **OWN_BATCHES),
    "imports:fix": about("row", BOTH, data={"cell0": "改正"}, **OWN_BATCHES),
    "imports:rename": about("row", POST, **OWN_BATCHES),
    "imports:map": about("batch", POST, **OWN_BATCHES),
    "imports:headers": seated(),
    "imports:headers?org": about("org", **IMPORTING_ORGS),
    "imports:forget": seated(POST, data={"header": "1"}),
    "imports:change_header": about(
        "header",
        POST,
        branch="class1",
        committee="college class1",
        province="!college !class1",
        unrelated="workshop",
    ),
    # Nothing in these plans is faulty, so there is nothing to hand out.
    "imports:errors": about("batch", POST, branch="!class1", committee="!college"),
    # They are not done yet: there is nothing to undo, and nothing that stayed.
    "imports:undo": about("batch", BOTH, branch="!class1", committee="!college"),
    "imports:undone": about("batch", **OWN_BATCHES),
    "imports:kept": about("batch", POST, branch="!class1", committee="!college"),
    # -- two accounts of one person; `pair` are two look-alikes of one place
    "merging:index": seated(),
    "merging:find": seated(POST),
    "merging:compare": about("pair", BOTH, **PAIRS),
    "merging:apart": about("pair", POST, **DECIDED_PAIRS),
    "merging:undo": about("merger", POST, **DECIDED_PAIRS),
    # -- transfers: that of class 1 waits for it, that of class 2 too, and goes to another college
    "transfers:list": seated(public_names=True),
    "transfers:out": about("member", BOTH, **MOVED_MEMBERS),
    "transfers:bring_in": seated(BOTH),
    "transfers:from_import": about("batch", BOTH, **OWN_BATCHES),
    "transfers:detail": about("transfer", public_names=True, **SEEN_TRANSFERS),
    "transfers:agree": about("transfer", POST, data={"seen": "1"}, **DECIDED_TRANSFERS),
    "transfers:send_back": about(
        "transfer", POST, data={"seen": "1", "code": "其他", "remark": "缺材料"}, **DECIDED_TRANSFERS
    ),
    "transfers:withdraw": about("transfer", POST, data={"seen": "1"}, **refused(SEEN_TRANSFERS)),
    "transfers:assign": about("transfer", POST, data={"seen": "1"}, **refused(SEEN_TRANSFERS)),
    "transfers:remind": about("transfer", POST, data={"seen": "1"}, **REMINDED_TRANSFERS),
    "transfers:again": about("returned", BOTH, public_names=True, **RESENT_TRANSFERS),
    # -- letters: issued for people of class 1 and of the workshop
    "letters:list": seated(public_names=True),
    "letters:excel": seated(POST, public_names=True),
    "letters:ranges": seated(BOTH, refused=("branch",)),
    "letters:take_back": about("range", POST, province="corps", unrelated="zibo"),
    "letters:issue": about("unlettered", public_names=True, **ISSUED_LETTERS, branch="!class1"),
    "letters:detail": about("letter", public_names=True, **SEEN_LETTERS),
    "letters:sheet": about("letter", public_names=True, **SEEN_LETTERS),
    "letters:pdf": about("letter", POST, public_names=True, **SEEN_LETTERS),
    "letters:void": about("letter", BOTH, data={"reason": "写错"}, public_names=True, **ISSUED_LETTERS),
    "letters:reissue": about("letter", BOTH, data={"reason": "遗失"}, public_names=True, **ISSUED_LETTERS),
    "letters:receipt": about("letter", BOTH, **refused(SEEN_LETTERS)),
    "letters:batch": about("lettered", public_names=True, **SEEN_LETTERS, branch="class1"),
    "letters:batch_issue": about("lettered", POST, **SEEN_LETTERS, branch="class1"),
    "letters:batch_pdf": about("lettered", POST, public_names=True, **SEEN_LETTERS, branch="!class1"),
    "check:form": public(BOTH),
    "check:show": public(args=("ABCDEFGHJKLMNPQRSTUV",)),
    # many at once: lists are seen by whoever brought them, those sent together by both sides
    "transfers:many": seated(BOTH),
    "transfers:sending": about("people_list", public_names=True, **OWN_BATCHES),
    "transfers:settle": about("people_list", BOTH, public_names=True, **OWN_BATCHES),
    "transfers:aim": about("people_line", BOTH, public_names=True, **OWN_BATCHES),
    "transfers:leave_out": about("people_list", POST, data={"line": "1"}, **OWN_BATCHES),
    "transfers:send": about("people_list", POST, **OWN_BATCHES),
    "transfers:drop_list": about("people_list", POST, **OWN_BATCHES),
    "transfers:batch": about("sent_together", public_names=True, **SENT_TOGETHER),
    "transfers:batch_excel": about("sent_together", POST, public_names=True, **SENT_TOGETHER),
    "transfers:batch_retry": about("sent_together", POST, **SENT_TOGETHER),
    "transfers:statuses": seated(BOTH),
    "transfers:status": about("status_list", public_names=True, **OWN_BATCHES),
    "transfers:status_excel": about("status_list", POST, **OWN_BATCHES),
    "transfers:decide": seated(POST),
    "transfers:decide_agree": seated(POST),
    "transfers:decide_return": seated(POST),
    "transfers:decide_assign": seated(POST),
    "nudges:list": seated(),
    "nudges:list?org": about("org", **SEEN_ORGS),
    "nudges:new": seated(POST, data={"about": "start"}),
    "nudges:make": seated(POST, data={"about": "start"}),
    "me:transfer": personal(public_names=True),
    "me:transfer_new": personal(BOTH, public_names=True),
    "transfers:papers": about("transfer", POST, **refused(SEEN_TRANSFERS)),
    # -- newcomers
    "freshmen:own": seated(refused=("branch", "province", "unrelated")),
    "freshmen:show": about("org", **RECEIVING_ORGS),
    "freshmen:agree": about("org", POST, **RECEIVING_ORGS),
    "freshmen:assign": about("org", **RECEIVING_ORGS),
    "freshmen:plan": about("org", POST, **RECEIVING_ORGS),
    "freshmen:plan_list": about("org", POST, **RECEIVING_ORGS),
    "freshmen:place": about("org", POST, **RECEIVING_ORGS),
    "freshmen:papers": about("org", **RECEIVING_ORGS),
    "freshmen:tick": about("org", POST, **RECEIVING_ORGS),
    "freshmen:mark": about("org", POST, **RECEIVING_ORGS),
    "freshmen:roll": about("org", **RECEIVING_ORGS),
    "freshmen:keep": about("org", POST, **RECEIVING_ORGS),
    "freshmen:drop": about("org", POST, **RECEIVING_ORGS),
    "freshmen:excel": about("org", POST, **RECEIVING_ORGS),
    # -- the special store of a province: nobody above or below sees who is there
    "stores:list": seated(refused=("branch", "committee", "unrelated")),
    "stores:detail": about("stored", province="corps"),
    "stores:reveal": about("stored", POST, data={"reason": "核对"}, province="corps"),
    "stores:bring_back": about("stored", BOTH, public_names=True, province="corps"),
    # -- lists compared: seen by whoever brought them
    "matching:index": seated(BOTH),
    "matching:index?org": about("org", **SEEN_ORGS),
    "matching:result": about("matching", **OWN_BATCHES),
    "matching:excel": about("matching", POST, **OWN_BATCHES),
    "matching:roster": about("matching", POST, **OWN_BATCHES),
    "matching:drop": about("matching", POST, **OWN_BATCHES),
    # -- graduates: shown to everybody above, marked by the branch and its direct superior
    "graduates:own": seated(public_names=True),
    "graduates:show": about("org", **SEEN_ORGS),
    "graduates:excel": about("org", POST, **SEEN_ORGS),
    "graduates:names": about("org", public_names=True, **SEEN_ORGS),
    "graduates:names_excel": about("org", POST, public_names=True, **SEEN_ORGS),
    "graduates:deadline": about("org", BOTH, **GRADUATION_DEADLINES),
    "graduates:deadline_drop": about("org", POST, **GRADUATION_DEADLINES),
    "graduates:marks": about("org", **SEEN_ORGS),
    "graduates:marks_put": about("org", POST, **SEEN_ORGS),
    "graduates:marks_clear": about("org", POST, **SEEN_ORGS),
    "graduates:branch": about("org", public_names=True, **SEEN_ORGS),
    "graduates:people_mark": about("org", POST, public_names=True, **GRADUATES),
    "graduates:people_unmark": about("org", POST, **GRADUATES),
    "graduates:people_plan": about("org", POST, public_names=True, **GRADUATES),
    "graduates:people_send": about("org", POST, **GRADUATES),
    # -- cadres
    "cadres:list": seated(),
    "cadres:chosen": seated(POST, data={"posts": "0"}),
    "cadres:view_save": seated(POST, data={"name": ""}),
    "cadres:view_delete": seated(POST, data={"name": "没有"}),
    "cadres:view_default": seated(POST, data={"name": "没有"}),
    "cadres:export": seated(BOTH),
    "cadres:export_masked": seated(POST),
    "cadres:export_full": seated(POST),
    "cadres:add_here": seated(),
    "cadres:add": about("org", BOTH, **MANAGED_ORGS),
    "cadres:enter": about("org", BOTH, **MANAGED_ORGS),
    "cadres:invite": about("org", BOTH, **INVITING_ORGS),
    "cadres:offer": about("org", POST, **SEEN_ORGS),
    "cadres:detail": about("post", **SEEN_POSTS),
    "cadres:edit": about("post", BOTH, **MANAGED_POSTS),
    "cadres:correct": about("post", BOTH, data={"name": "改名", "reason": "试"}, **CORRECTED_POSTS),
    "cadres:end": about("post", BOTH, **ENDED_POSTS),
    "cadres:reveal": about("post", POST, data={"reason": "核对"}, **SEEN_POSTS),
    "cadres:reveal_phone": about("post", POST, data={"reason": "核对"}, **SEEN_POSTS),
    # -- figures and progress
    "figures:own": seated(),
    "figures:own_movement": seated(),
    "figures:own_roster": seated(),
    "figures:show": about("org", **SEEN_ORGS),
    "figures:recount": about("org", POST, **SEEN_ORGS),
    "figures:movement": about("org", **SEEN_ORGS),
    "figures:names": about("org", **SEEN_ORGS),
    "figures:roster": about("org", **SEEN_ORGS),
    "figures:roster_excel": about("org", POST, **SEEN_ORGS),
    "progress:own": seated(),
    "progress:show": about("org", **SEEN_ORGS),
    "progress:excel": about("org", POST, **SEEN_ORGS),
    "progress:organizations": about("org", **SEEN_ORGS),
    "progress:people": about("org", **SEEN_ORGS),
    # -- removals
    "removal:list": seated(),
    "removal:excel": seated(POST),
    "removal:new": seated(BOTH, data={"account": "0"}),
    "removal:carry_out": seated(POST, data={"chosen": "0", "reason": "误录入"}),
    "removal:overage": seated(),
    "removal:detail": about("removal", **SEEN_PETITIONS),
    "removal:undo": about("removal", POST, **UNDONE_REMOVALS),
    # -- documents
    "documents:list": seated(),
    "documents:excel": seated(POST),
    "documents:mark": seated(POST, data={"kinds": "card", "account": "0"}),
    "documents:mine": personal(),
    # Whoever has no 团籍 has nothing to upload.
    "documents:upload_mine": personal(POST),
    "documents:reissues": seated(),
    # Nobody's 团员证 is lost; the college is not the topmost 团委.
    "documents:gather": seated(POST, refused=("branch", "committee", "province", "unrelated")),
    "documents:finish": seated(
        POST, data={"on": "2026-01-05"}, refused=("branch", "committee", "province", "unrelated")
    ),
    "documents:reissues_excel": seated(POST),
    "documents:scan": about("scan", POST, **KEPT_PAPERS),
    "documents:delete_scan": about("scan", POST, **CORRECTED_MEMBERS),
    "documents:detail": about("member", **SEEN_MEMBERS),
    "documents:certificate": about("member", BOTH, **EDITED_MEMBERS),
    "documents:upload": about("member", POST, **EDITED_MEMBERS),
    # -- petitions and seats
    "requests:accept": about(
        "change",
        POST,
        data={"turn": "0", "chosen": "phone"},
        branch="class1",
        committee="!class1",
        province="!class1",
        unrelated="!workshop",
    ),
    "requests:reveal_phone": about(
        "change",
        POST,
        data={"reason": "核对"},
        branch="class1",
        committee="!class1",
        province="!class1",
        unrelated="!workshop",
    ),
    "requests:correct": about("correction", POST, data={"turn": "0", "reason": "核对"}, **DECIDED_PETITIONS),
    "requests:reveal": about("correction", POST, data={"reason": "核对"}, **DECIDED_PETITIONS),
    "petitions:detail": about("petition", **SEEN_PETITIONS),
    "petitions:approve": about("petition", POST, data={"turn": "0"}, **DECIDED_PETITIONS),
    "petitions:send_back": about(
        "petition", POST, data={"turn": "0", "remark": "请补充"}, **DECIDED_PETITIONS
    ),
    "petitions:withdraw": about("petition", POST, data={"turn": "0"}, **WITHDRAWN_PETITIONS),
    "seats:own": seated(),
    "seats:show": about("org", **SEEN_ORGS),
    "seats:add": about("org", BOTH, **MANAGED_ORGS),
    "seats:change": about("seat", BOTH, **MANAGED_POSTS),
    "seats:checklist": about("org", **SEEN_ORGS),
    # -- structure
    "structure:closed": seated(),
    "structure:reopen": about("closing", BOTH, committee="college", province="!college", unrelated="company"),
    "structure:close": about("org", BOTH, data={"typed": "2019级新生临时团支部"}, **CLOSED_ORGS),
    "structure:merge": about("org", BOTH, **CLOSED_ORGS),
    # Every organisation can be picked.
    "structure:relocate_own": seated(BOTH, refused=("province",), public_names=True),
    "structure:relocate": Row("about", BOTH, kind="org", allowed=MOVING_ORGS, public_names=True),
    "structure:rehearse": about("relocation", committee="class2", province="class2"),
    "structure:job": about("job", committee="college", province="college"),
    # -- regcodes
    "regcodes:show": about("org", **DIRECT_CODES),
    "regcodes:issue": about("org", POST, **DIRECT_CODES),
    "regcodes:reissue": about("org", BOTH, **DIRECT_CODES),
    "regcodes:void": about("org", BOTH, **DIRECT_CODES),
    "regcodes:choose": public(),
    "regcodes:organization": public(BOTH),
    "regcodes:code": public(BOTH),
    "regcodes:title": public(POST),
    "regcodes:person": public(POST),
    # -- applications
    "applications:member": public(BOTH),
    "applications:cadre": public(BOTH),
    "applications:state": public(BOTH),
    "applications:withdraw": public(POST),
    "applications:correct": public(POST),
    "applications:list": seated(),
    "applications:approve_chosen": seated(POST),
    "applications:return_chosen": seated(POST, data={"reason": "elsewhere"}),
    "applications:detail": about("application", **EDITED_MEMBERS),
    "applications:approve": about("application", POST, **EDITED_MEMBERS),
    "applications:send_back": about("application", POST, data={"reason": "elsewhere"}, **EDITED_MEMBERS),
    "applications:reveal": about("application", POST, data={"reason": "核对"}, **EDITED_MEMBERS),
    "applications:reveal_phone": about("application", POST, data={"reason": "核对"}, **EDITED_MEMBERS),
    # -- help
    "help:index": public(),
    "help:search": public(),
    "help:topic": public(args=("m2",), sample=True),
    "help:handbook": public(args=("admin",), sample=True),
}
