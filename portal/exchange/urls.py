from django.urls import path

from portal.exchange.questions import views

app_name = "exchange"

urlpatterns = [
    path("lessons/<slug:lesson>/read-questions/", views.read_questions, name="read_questions"),
]
