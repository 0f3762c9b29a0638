from django.urls import path

from portal.reports import views, views_roll

app_name = "reports"

urlpatterns = [
    path("", views.completion, name="completion"),
    path("completion.csv", views.completion_csv, name="completion_csv"),
    path("completion.xlsx", views.completion_xlsx, name="completion_xlsx"),
    path("roll.csv", views_roll.roll_csv, name="roll_csv"),
    path("roll.xlsx", views_roll.roll_xlsx, name="roll_xlsx"),
]
