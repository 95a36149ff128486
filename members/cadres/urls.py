"""团干部管理."""

from django.urls import path

from ..lists import urls as lists
from . import inviting, views

app_name = "cadres"
urlpatterns = [
    *lists.OF_CADRES,
    path("add/", views.add_here, name="add_here"),
    path("of/<int:pk>/add/", views.add, name="add"),
    path("of/<int:pk>/enter/", views.enter, name="enter"),
    path("of/<int:pk>/invite/", inviting.invite, name="invite"),
    path("of/<int:pk>/offer/", inviting.offer, name="offer"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/edit/", views.edit, name="edit"),
    path("<int:pk>/correct/", views.correct, name="correct"),
    path("<int:pk>/end/", views.end, name="end"),
    path("<int:pk>/reveal/", views.reveal_number, {"what": "id"}, name="reveal"),
    path("<int:pk>/reveal/phone/", views.reveal_number, {"what": "phone"}, name="reveal_phone"),
]
