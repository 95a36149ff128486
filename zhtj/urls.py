"""Every address of the product, one include for each app."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from zhtj import health, styleguide
from zhtj.desk import urls as desk_urls

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("", include("accounts.urls")),
    path("", include("zhtj.desk.me_urls")),
    path("members/", include("zhtj.desk.members_urls")),
    path("imports/", include("members.roster.urls")),
    path("", include("regcodes.urls")),
    path("", include("members.applications.urls")),
    path("orgs/", include(desk_urls.organizations)),
    path("orgs/", include("zhtj.desk.structure.urls")),
    path("desk/", include("zhtj.desk.urls")),
    path("desk/codes/", include("zhtj.desk.codes.urls")),
    path("desk/audit/", include("zhtj.desk.trail.urls")),
    path("petitions/", include("orgs.petition_urls")),
    path("seats/", include("zhtj.desk.seats.urls")),
    path("cadres/", include("members.cadres.urls")),
    path("figures/", include("members.figures.urls")),
    path("desk/progress/", include("zhtj.desk.progress.urls")),
    path("requests/", include("members.requests.urls")),
    path("removals/", include("members.removal.urls")),
    path("documents/", include("members.documents.urls")),
    path("matching/", include("members.matching.urls")),
    path("transfers/letters/", include("transfers.letters.urls")),
    path("letters/", include("transfers.letters.public_urls")),
    path("transfers/", include("transfers.urls")),
    path("nudges/", include("transfers.nudges.urls")),
    path("graduates/", include("transfers.graduates.urls")),
    path("freshmen/", include("transfers.freshmen.urls")),
    path("stores/", include("transfers.stores.urls")),
    path("merging/", include("members.merging.urls")),
    path("help/", include("zhtj.help.urls")),
]
if settings.MODE == "local":
    urlpatterns.append(path("styleguide/", styleguide.styleguide, name="styleguide"))

handler400 = "zhtj.errors.bad_request"
handler403 = "zhtj.errors.forbidden"
handler404 = "zhtj.errors.not_found"
handler500 = "zhtj.errors.server_error"
