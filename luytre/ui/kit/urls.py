"""All addresses of an app's registers."""

from django.urls import URLPattern, path

from luytre.ui import registers
from luytre.ui.kit import excel_out, import_pages, offline_pages, pages, photo_pages
from luytre.ui.registers import Register


def urls_of(app: str) -> list[URLPattern]:
    return [pattern for register in registers.of_app(app) for pattern in register_urls(register)]


def register_urls(register: Register) -> list[URLPattern]:
    offline = offline_urls(register) if register.offline else []
    return [*page_urls(register), *offline, *(photo_urls(register) if register.photos else [])]


def page_urls(register: Register) -> list[URLPattern]:
    base, name = f"{register.name}/", register.name
    export = path(f"{base}export/", excel_out.export_page(register), name=f"{name}-export")
    return [
        *([] if register.names_people else [export]),  # names leave only by an act of two people
        path(base, pages.list_page(register), name=f"{name}-list"),
        path(f"{base}new/", pages.add_page(register), name=f"{name}-add"),
        path(f"{base}import/", import_pages.import_page(register), name=f"{name}-import"),
        path(f"{base}import/confirmation/", import_pages.confirm_page(register), name=f"{name}-import-confirm"),
        path(f"{base}import/template/", excel_out.template_page(register), name=f"{name}-template"),
        path(f"{base}<int:pk>/", pages.record_page(register), name=f"{name}-record"),
        path(f"{base}<int:pk>/correction/", pages.edit_page(register), name=f"{name}-edit"),
        path(f"{base}<int:pk>/removal/", pages.remove_page(register), name=f"{name}-remove"),
        path(f"{base}<int:pk>/restoration/", pages.restore_page(register), name=f"{name}-restore"),
    ]


def offline_urls(register: Register) -> list[URLPattern]:
    base, name = f"{register.name}/arrivals/", register.name
    return [
        path(base, offline_pages.arrival_page(register), name=f"{name}-arrivals"),
        path(f"{base}<uuid:uid>/photos/", offline_pages.photo_arrival_page(register), name=f"{name}-photo-arrivals"),
    ]


def photo_urls(register: Register) -> list[URLPattern]:
    base, name = f"{register.name}/<int:pk>/photos/", register.name
    return [
        path(base, photo_pages.add_photo_page(register), name=f"{name}-photo-add"),
        path(f"{base}<uuid:uid>/", photo_pages.photo_page(register), name=f"{name}-photo"),
        path(f"{base}<uuid:uid>/removal/", photo_pages.remove_photo_page(register), name=f"{name}-photo-remove"),
    ]
