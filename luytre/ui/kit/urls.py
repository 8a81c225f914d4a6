"""All addresses of an app's registers."""

from django.urls import URLPattern, path

from luytre.ui import registers
from luytre.ui.kit import excel_out, import_pages, pages
from luytre.ui.registers import Register


def urls_of(app: str) -> list[URLPattern]:
    return [pattern for register in registers.of_app(app) for pattern in register_urls(register)]


def register_urls(register: Register) -> list[URLPattern]:
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
