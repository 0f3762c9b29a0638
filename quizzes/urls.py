from django.urls import path

from quizzes import final_views, views

app_name = "quizzes"

urlpatterns = [
    path("courses/<slug:course>/final/", final_views.final, name="final"),
    path("courses/<slug:course>/<slug:lesson>/quiz/", views.check, name="check"),
    path("courses/<slug:course>/<slug:lesson>/read/", views.read, name="read"),
    path("attempts/<uuid:attempt>/", views.result, name="result"),
    path("attempts/<uuid:attempt>/overview/", final_views.overview, name="overview"),
    path("attempts/<uuid:attempt>/<int:step>/", views.question, name="question"),
]
