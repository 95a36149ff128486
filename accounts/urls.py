"""Addresses of the door."""

from django.urls import path

from . import views

app_name = "accounts"
urlpatterns = [
    path("login/", views.sign_in, name="sign_in"),
    path("logout/", views.sign_out, name="sign_out"),
    path("first/", views.first_sign_in, name="first_sign_in"),
    path("forgot/", views.forgot, name="forgot"),
    path("settings/password/", views.change_password, name="change_password"),
    path("password-check/", views.check_password, name="check_password"),
    path("captcha/new/", views.captcha_new, name="captcha_new"),
    path("captcha/<slug:key>/image/", views.captcha_image, name="captcha_image"),
    path("captcha/<slug:key>/words/", views.captcha_words, name="captcha_words"),
]
