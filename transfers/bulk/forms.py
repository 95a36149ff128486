"""Forms of acts on many: a list to bring, what everybody is sent with, 退回 and 分配 for many."""

from __future__ import annotations

from django import forms

from members.matching.forms import PastedOrFile
from orgs.models import Organization

from ..forms import AssignForm, ReturnForm, WishForm
from ..models import PeopleList
from .lists import Common

PASTED = 100_000  # characters
FILE_BYTES = 5 * 2**20


class BringForm(PastedOrFile):
    """Pasted or as a file; the file is only looked at once it is known to be small."""

    pasted = forms.CharField(
        label="粘贴名单",
        required=False,
        max_length=PASTED,
        widget=forms.Textarea({"rows": 10, "spellcheck": "false", "autocomplete": "off"}),
        error_messages={"max_length": "粘贴的内容太长，请改为上传文件。"},
    )
    file = forms.FileField(
        label="或上传 Excel 文件",
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput({"accept": ".xls,.xlsx"}),
        help_text=".xls 或 .xlsx，不超过 5 MB、500 人。",
    )

    def __init__(self, *args, purpose: str, **kwargs):
        super().__init__(*args, **kwargs)
        hint = "每行一个人：姓名、身份证号码，或两者都有。可以直接从 Excel 复制几列粘贴。"
        beside = "去向各不相同的，在后面写转入组织的全称。" if purpose == PeopleList.Purpose.SEND else ""
        self.fields["pasted"].help_text = hint + beside


class CommonForm(WishForm):
    """Why everybody goes; with `each` every line names its own target, else all go to the target or outside."""

    def __init__(self, *args, target: Organization | None, each: bool, **kwargs):
        super().__init__(*args, target=target, **kwargs)
        if each:
            self.fields.pop("outside", None)
            self.fields.pop("outside_name", None)

    @property
    def common(self) -> Common:
        """What a valid form says."""
        wish = self.wish
        return Common(
            reason=wish.reason,
            target=self.target.pk if self.target else None,
            outside=wish.outside,
            outside_name=wish.outside_name,
            details=dict(wish.details),
            remark=wish.remark,
        )

    @staticmethod
    def initial_of_common(common: Common) -> dict[str, str]:
        """What the list says already."""
        details = {f"detail_{label}": text for label, text in common.details.items()}
        return {
            "reason": common.reason,
            "outside": common.outside,
            "outside_name": common.outside_name,
            "remark": common.remark,
            **details,
        }


class ReturnManyForm(ReturnForm):
    """退回 with one reason for all; what was seen is carried by the cases."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        del self.fields["seen"]


class AssignManyForm(AssignForm):
    """One branch for all who were sent to one organisation."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        del self.fields["seen"]
