"""The same roster through django-import-export in its default mode: row by row, with its widgets, account and member."""

from __future__ import annotations

import io
import time
from dataclasses import dataclass

import tablib
from import_export import fields, resources, widgets
from python_calamine import CalamineWorkbook

from accounts.models import Account, number_index
from members import rules
from members.models import Member
from members.roster.check import BRANCH_COLUMN
from orgs.models import Organization


class MonthWidget(widgets.DateWidget):
    """`2019-05`."""

    def __init__(self) -> None:
        super().__init__(format="%Y-%m")


class MemberResource(resources.ModelResource):
    """A member by 发展团员编号, the branch by its 全称; the account is made when the row comes (as its manual shows)."""

    branch = fields.Field(
        column_name=BRANCH_COLUMN,
        attribute="branch",
        widget=widgets.ForeignKeyWidget(Organization, field="full_name"),
    )
    account = fields.Field(
        column_name="account", attribute="account", widget=widgets.ForeignKeyWidget(Account)
    )
    joined = fields.Field(column_name=rules.JOINED, attribute="joined", widget=MonthWidget())
    number = fields.Field(column_name=rules.LEAGUE_NUMBER, attribute="number")

    class Meta:
        model = Member
        import_id_fields = ("number",)
        fields = ("branch", "account", "joined", "number")

    def before_import_row(self, row, **kwargs) -> None:
        """The account of the row."""
        number = row[rules.NUMBER]
        account = Account.objects.filter(id_index=number_index(number)).first()
        if account is None:
            account = Account.build(
                number=number,
                name=row[rules.NAME],
                phone=row[rules.PHONE],
                ethnicity=row[rules.ETHNICITY],
                political_status=row[rules.STATUS],
                education=row[rules.EDUCATION],
                weibo=row[rules.WEIBO],
                qq=row[rules.QQ],
                email=row[rules.EMAIL],
            )
            account.save()
        row["account"] = account.pk

    def before_save_instance(self, instance, row, **kwargs) -> None:
        """What the database asks for beside the branch."""
        instance.branch_path = instance.branch.path


@dataclass(frozen=True)
class Taken:
    """Seconds of its two passes over the rows: the preview, rolled back, and, once confirmed, the import."""

    preview: float
    run: float


def taken(raw: bytes, sample: int) -> Taken:
    """Import the first `sample` rows as its pages do: no checks of §5, no ledger, no audit; reading is not counted."""
    header, *rows = CalamineWorkbook.from_filelike(io.BytesIO(raw)).get_sheet_by_index(0).to_python()
    return Taken(*(_seconds(header, rows[:sample], dry_run=dry_run) for dry_run in (True, False)))


def _seconds(header: list, rows: list[list], *, dry_run: bool) -> float:
    """One pass, with every option as it comes."""
    dataset = tablib.Dataset(*rows, headers=header)
    start = time.perf_counter()
    result = MemberResource().import_data(dataset, dry_run=dry_run)
    seconds = time.perf_counter() - start
    assert result.totals["new"] == len(rows), result.totals
    return seconds
