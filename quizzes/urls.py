from django.urls import path

from quizzes import check_views, final_views, pace_views, views

app_name = "quizzes"

urlpatterns = [
    path("courses/<slug:course>/final/", final_views.final, name="final"),
    path("courses/<slug:course>/<slug:lesson>/quiz/", check_views.check, name="check"),
    path("courses/<slug:course>/<slug:lesson>/read/", check_views.read, name="read"),
    path("time-in-quizzes/", pace_views.pace, name="pace"),
    path("attempts/<uuid:attempt>/", views.result, name="result"),
    path("attempts/<uuid:attempt>/overview/", final_views.overview, name="overview"),
    path("attempts/<uuid:attempt>/<int:step>/", views.question, name="question"),
    path("attempts/<uuid:attempt>/<int:step>/start/", views.start, name="start"),
]
