"""All addresses of an app's registers."""

from django.urls import URLPattern, path

from luytre.ui import registers
from luytre.ui.kit import (
    chosen_pages,
    counts_pages,
    excel_out,
    import_pages,
    merging_pages,
    pages,
    past_imports_pages,
    print_pages,
)
from luytre.ui.registers import Register


def urls_of(app: str) -> list[URLPattern]:
    return [pattern for register in registers.of_app(app) for pattern in register_urls(register)]


def register_urls(register: Register) -> list[URLPattern]:
    base, name = f"{register.name}/", register.name
    return [
        *([] if register.names_people else out_urls(register)),  # names leave only by an act of two people
        *in_urls(register),
        *bulk_urls(register),
        path(base, pages.list_page(register), name=f"{name}-list"),
        path(f"{base}figures/", counts_pages.counts_page(register), name=f"{name}-counts"),
        path(f"{base}new/", pages.add_page(register), name=f"{name}-add"),
        path(f"{base}<int:pk>/", pages.record_page(register), name=f"{name}-record"),
        path(f"{base}<int:pk>/correction/", pages.edit_page(register), name=f"{name}-edit"),
        path(f"{base}<int:pk>/removal/", pages.remove_page(register), name=f"{name}-remove"),
        path(f"{base}<int:pk>/restoration/", pages.restore_page(register), name=f"{name}-restore"),
    ]


def out_urls(register: Register) -> list[URLPattern]:
    base, name = f"{register.name}/", register.name
    return [
        path(f"{base}export/", excel_out.export_page(register), name=f"{name}-export"),
        path(f"{base}print/", print_pages.print_page(register), name=f"{name}-print"),
    ]


def in_urls(register: Register) -> list[URLPattern]:
    base, name = f"{register.name}/import/", register.name
    past = past_imports_pages
    return [
        path(base, import_pages.import_page(register), name=f"{name}-import"),
        path(f"{base}confirmation/", import_pages.confirm_page(register), name=f"{name}-import-confirm"),
        path(f"{base}template/", excel_out.template_page(register), name=f"{name}-template"),
        path(f"{base}past/", past.imports_page(register), name=f"{name}-imports"),
        path(f"{base}past/<int:pk>/undoing/", past.undo_page(register), name=f"{name}-import-undo-step"),
    ]


def bulk_urls(register: Register) -> list[URLPattern]:
    base, name = f"{register.name}/", register.name
    return [
        path(f"{base}chosen/", chosen_pages.chosen_page(register), name=f"{name}-chosen-step"),
        path(f"{base}chosen/removal/", chosen_pages.removals_page(register), name=f"{name}-removals-confirm"),
        path(f"{base}chosen/merging/", merging_pages.merge_page(register), name=f"{name}-merge-confirm"),
        path(f"{base}merges/", merging_pages.merges_page(register), name=f"{name}-merges"),
        path(f"{base}merges/<int:pk>/undoing/", merging_pages.undo_page(register), name=f"{name}-merge-undo-step"),
    ]
