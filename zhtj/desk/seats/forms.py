"""Who leaves and who comes: one choice, a remark, and the password where it was given long ago."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest

from accounts.confirming import ConfirmingForm
from accounts.models import Account
from orgs.models import Post

NOBODY = "none"


class ChangeForm(ConfirmingForm):
    """The successor among `cadres`; 不指定 only where the seat may stay empty (`may_be_empty`)."""

    successor = forms.ChoiceField(label="新的管理员", widget=forms.RadioSelect)
    remark = forms.CharField(label="说明（选填）", max_length=200, required=False)

    def __init__(
        self,
        *args: Any,
        request: HttpRequest,
        cadres: list[Post],
        may_be_empty: bool,
        handing: bool,
        **kwargs: Any,
    ):
        super().__init__(*args, request=request, **kwargs)
        if not handing:
            self.fields.pop("password", None)
        self.people = {str(post.account_id): post.account for post in cadres}
        choices = [(str(post.account_id), f"{post.account.name}（{post.title}）") for post in cadres]
        if may_be_empty:
            choices.append((NOBODY, "不指定接替的人，席位空出"))
        self.fields["successor"].choices = choices  # type: ignore[attr-defined]

    @property
    def chosen(self) -> Account | None:
        """The successor, or None for an empty seat."""
        return self.people.get(self.cleaned_data["successor"])
