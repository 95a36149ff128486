"""Every address of the product, one include for each app."""

from django.urls import URLPattern, URLResolver, path

from zhtj import health

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]

handler400 = "zhtj.errors.bad_request"
handler403 = "zhtj.errors.forbidden"
handler404 = "zhtj.errors.not_found"
handler500 = "zhtj.errors.server_error"
