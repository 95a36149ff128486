"""自行注册: the public pages below /register/, and the decisions at the desk."""

from django.urls import path

from . import public_views, views

app_name = "applications"
urlpatterns = [
    path("register/member/", public_views.apply, {"kind": "member"}, name="member"),
    path("register/cadre/", public_views.apply, {"kind": "cadre"}, name="cadre"),
    path("register/state/", public_views.state, name="state"),
    path("register/state/withdraw/", public_views.withdraw, name="withdraw"),
    path("register/state/correct/", public_views.correct, name="correct"),
    path("applications/", views.index, name="list"),
    path("applications/approve/", views.approve_chosen, name="approve_chosen"),
    path("applications/return/", views.return_chosen, name="return_chosen"),
    path("applications/<int:pk>/", views.detail, name="detail"),
    path("applications/<int:pk>/approve/", views.approve, name="approve"),
    path("applications/<int:pk>/return/", views.send_back, name="send_back"),
    path("applications/<int:pk>/reveal/", views.reveal_number, {"what": "id"}, name="reveal"),
    path("applications/<int:pk>/reveal/phone/", views.reveal_number, {"what": "phone"}, name="reveal_phone"),
]
