from datetime import date

from django.urls import path, register_converter

from portal.reports.public import views


class MonthConverter:
    """A month in an address, as 2026-09; in the code its first day."""

    regex = r"20[0-9]{2}-(?:0[1-9]|1[0-2])"

    def to_python(self, value: str) -> date:
        year, month = value.split("-")
        return date(int(year), int(month), 1)

    def to_url(self, value: date) -> str:
        return f"{value:%Y-%m}"


register_converter(MonthConverter, "month")
app_name = "statistics"

urlpatterns = [
    path("", views.statistics, name="latest"),
    path("figures.csv", views.figures_csv, name="all_csv"),
    path("figures.xlsx", views.figures_xlsx, name="all_xlsx"),
    path("<month:month>/", views.statistics, name="month"),
    path("<month:month>/figures.csv", views.figures_csv, name="csv"),
    path("<month:month>/figures.xlsx", views.figures_xlsx, name="xlsx"),
    path("<month:month>/<slug:course>/", views.course, name="course"),
    path("<month:month>/<slug:course>/<slug:region>/", views.course, name="place"),
]
