from luytre.ui.kit.urls import urls_of

app_name = "activities"

urlpatterns = urls_of(app_name)
