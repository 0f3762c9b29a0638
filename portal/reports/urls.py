from django.urls import path

from portal.reports import views

app_name = "reports"

urlpatterns = [
    path("", views.completion, name="completion"),
    path("completion.csv", views.completion_csv, name="completion_csv"),
    path("completion.xlsx", views.completion_xlsx, name="completion_xlsx"),
]
