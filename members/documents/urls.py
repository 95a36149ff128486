"""团员档案."""

from django.urls import path

from . import kind as kind  # registers the petition
from . import reissue_views, scan_views, views

app_name = "documents"
urlpatterns = [
    path("", views.index, name="list"),
    path("excel/", views.excel, name="excel"),
    path("mark/", views.mark, name="mark"),
    path("mine/", scan_views.mine, name="mine"),
    path("mine/scan/", scan_views.upload_mine, name="upload_mine"),
    path("reissues/", reissue_views.index, name="reissues"),
    path("reissues/gather/", reissue_views.gather, name="gather"),
    path("reissues/finish/", reissue_views.finish, name="finish"),
    path("reissues/excel/", reissue_views.excel, name="reissues_excel"),
    path("scans/<int:pk>/", scan_views.download, name="scan"),
    path("scans/<int:pk>/delete/", scan_views.delete, name="delete_scan"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/certificate/", views.certificate, name="certificate"),
    path("<int:pk>/scan/", scan_views.upload, name="upload"),
]
