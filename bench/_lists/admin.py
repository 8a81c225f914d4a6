"""The registers as somebody would declare them in Django's admin: the same columns, filters, search and page size."""

from django.contrib import admin
from django.http import HttpRequest

from luytre.activities.models import OutreachSession
from luytre.registry.models import WatchGroup


class OpenSite(admin.AdminSite):
    def has_permission(self, request: HttpRequest) -> bool:
        return True


class Open(admin.ModelAdmin):
    """Whoever is signed in sees all rows; without a scope, which is less work than ours."""

    list_per_page = 25
    search_fields = ("folded__contains", "area__folded__contains")
    list_select_related = ("area", "area__parent")

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        return True

    def has_view_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return True

    has_module_permission = has_view_permission
    has_change_permission = has_view_permission

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


class Groups(Open):
    list_display = ("name", "kind", "area", "founded_on", "member_count")
    list_filter = ("kind",)
    list_select_related = ("area", "area__parent", "kind", "disbanding")
    ordering = ("area__sort_key", "-pk")


class Sessions(Open):
    list_display = ("held_on", "place", "area", "attendance", "form")
    list_filter = ("setting", "form", "audience")
    list_select_related = ("area", "area__parent", "organisation")
    ordering = ("-held_on", "-pk")


site = OpenSite()
site.register(WatchGroup, Groups)
site.register(OutreachSession, Sessions)
