"""团员统计, 团员增减 and 历史名册."""

from django.urls import path

from . import views

app_name = "figures"
urlpatterns = [
    path("", views.show, name="own"),
    path("movement/", views.movement, name="own_movement"),
    path("roster/", views.roster, name="own_roster"),
    path("<int:pk>/", views.show, name="show"),
    path("<int:pk>/recount/", views.recount, name="recount"),
    path("<int:pk>/movement/", views.movement, name="movement"),
    path("<int:pk>/movement/names/", views.names, name="names"),
    path("<int:pk>/roster/", views.roster, name="roster"),
    path("<int:pk>/roster/excel/", views.roster_excel, name="roster_excel"),
]
