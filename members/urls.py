"""团员管理."""

from django.urls import path

from . import person_views, placing_views, reset_views, views

app_name = "members"
urlpatterns = [
    path("", views.index, name="list"),
    path("find/", views.find, name="find"),
    path("add/", person_views.add, name="add"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/edit/", person_views.edit, name="edit"),
    path("<int:pk>/correct/", person_views.correct, name="correct"),
    path("<int:pk>/reveal/", views.reveal_number, {"what": "id"}, name="reveal"),
    path("<int:pk>/reveal/phone/", views.reveal_number, {"what": "phone"}, name="reveal_phone"),
    path("reset-codes/plan/", reset_views.plan, name="reset_codes"),
    path("reset-codes/slips/", reset_views.print_slips, name="reset_slips"),
    path("branches/<int:pk>/place/", placing_views.place, name="place"),
    path("branches/<int:pk>/place/confirm/", placing_views.confirm, name="place_confirm"),
    path("people/<int:pk>/reset-code/", views.reset_code, name="reset_code"),
]
