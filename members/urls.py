"""团员管理."""

from django.urls import path

from . import entry_views, person_views, reset_views, views
from .lists import urls as lists

app_name = "members"
urlpatterns = [
    *lists.OF_MEMBERS,
    path("add/", entry_views.add, name="add"),
    path("check/", entry_views.check, name="check"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/edit/", person_views.edit, name="edit"),
    path("<int:pk>/correct/", person_views.correct, name="correct"),
    path("<int:pk>/reveal/", views.reveal_number, {"what": "id"}, name="reveal"),
    path("<int:pk>/reveal/phone/", views.reveal_number, {"what": "phone"}, name="reveal_phone"),
    path("reset-codes/plan/", reset_views.plan, name="reset_codes"),
    path("reset-codes/slips/", reset_views.print_slips, name="reset_slips"),
    path("people/<int:pk>/reset-code/", views.reset_code, name="reset_code"),
]
