from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

handler400 = "portal.home.errors.bad_request"
handler403 = "portal.home.errors.forbidden"
handler404 = "portal.home.errors.not_found"
handler500 = "portal.home.errors.failed"

urlpatterns = [
    path("", include("portal.home.plain_urls")),
    path("media/", include("lessons.media_urls")),
    *i18n_patterns(
        path("", include("portal.home.urls")),
        path("", include("quizzes.urls")),
        path("", include("lessons.urls")),
        path("worksheets/", include("portal.worksheets.urls")),
        path("", include("portal.accounts.joining.urls")),
        path("account/", include("portal.accounts.urls")),
        path("studio/analysis/", include("portal.analysis.urls")),
        path("studio/bank/", include("portal.bank.urls")),
        path("studio/log/", include("portal.auditing.urls")),
        path("studio/", include("portal.exchange.urls")),
        path("studio/", include("portal.studio.urls")),
        path("expert/", include("portal.studio.outside.urls")),
        path("reports/", include("portal.analysis.answers_urls")),
        path("reports/", include("portal.reports.urls")),
        path("statistics/", include("portal.reports.public.urls")),
        path("places/", include("portal.accounts.arranging.urls")),
        path("organisations/", include("portal.accounts.organisations.urls")),
        path("admin/", admin.site.urls),
    ),
]
