"""新生接收台."""

from django.urls import path

from . import roll_views, views

app_name = "freshmen"
urlpatterns = [
    path("", views.own, name="own"),
    path("<int:pk>/", views.show, name="show"),
    path("<int:pk>/agree/", views.agree, name="agree"),
    path("<int:pk>/classes/", views.assign, name="assign"),
    path("<int:pk>/classes/plan/", views.plan, name="plan"),
    path("<int:pk>/classes/list/", views.plan_list, name="plan_list"),
    path("<int:pk>/classes/place/", views.place, name="place"),
    path("<int:pk>/papers/", views.sheet, name="papers"),
    path("<int:pk>/papers/tick/", views.tick, name="tick"),
    path("<int:pk>/papers/mark/", views.mark, name="mark"),
    path("<int:pk>/roll/", roll_views.show, name="roll"),
    path("<int:pk>/roll/keep/", roll_views.keep, name="keep"),
    path("<int:pk>/roll/drop/", roll_views.drop, name="drop"),
    path("<int:pk>/roll/excel/", roll_views.excel, name="excel"),
]
