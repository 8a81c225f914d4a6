"""The icons, drawn for this house on a field of 24 by 24 as strokes."""

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

STROKES = {
    "area": "M12 21c-4-5-6-8-6-11a6 6 0 0 1 12 0c0 3-2 6-6 11zM12 12.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z",
    "arrow": "M5 12h14M13 6l6 6-6 6",
    "audit": "M12 3l7 3v5c0 5-3 8-7 10-4-2-7-5-7-10V6zM9 12l2 2 4-4",
    "book": "M5 4h11a3 3 0 0 1 3 3v13H8a3 3 0 0 1-3-3zM5 17a3 3 0 0 1 3-3h11",
    "chart": "M4 4v16h16M8 16v-4M12 16V8M16 16v-6",
    "building": "M5 21V5h9v16M14 9h5v12M8 9h3M8 13h3M8 17h3M3 21h18",
    "check": "M5 13l4 4L19 7",
    "clock": "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7v5l3 2",
    "close": "M6 6l12 12M18 6L6 18",
    "dot": "M12 14a2 2 0 1 0 0-4 2 2 0 0 0 0 4z",
    "down": "M12 5v14M6 13l6 6 6-6",
    "download": "M12 4v11M7 11l5 5 5-5M4 20h16",
    "edit": "M4 20l1-4L16 5l3 3L8 19zM14 7l3 3",
    "figures": "M4 4v16h16M7 15l4-4 3 2 5-6",
    "filter": "M4 6h16M7 12h10M10 18h4",
    "group": "M9 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM3 20c0-4 2-6 6-6s6 2 6 6M16 5a3 3 0 0 1 0 6M17 14c3 0 4 2 4 6",
    "hazard": "M12 3v3M5 6l2 2M19 6l-2 2M8 18a4 5 0 1 1 8 0M4 18h16v3H4z",
    "history": "M4 12a8 8 0 1 1 3 6M4 12V7M4 12h5M12 8v4l3 2",
    "duty": "M4 6h16v15H4zM4 10h16M8 3v4M16 3v4M9 15l2 2 4-4",
    "home": "M4 11l8-7 8 7M6 10v10h12V10M10 20v-6h4v6",
    "info": "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 11v5M12 8v.01",
    "key": "M8 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM12 12h9M18 12v4",
    "map": "M9 4L4 6v14l5-2 6 2 5-2V4l-5 2zM9 4v14M15 6v14",
    "menu": "M4 6h16M4 12h16M4 18h16",
    "plus": "M12 5v14M5 12h14",
    "print": "M7 9V4h10v5M7 17H4v-8h16v8h-3M7 14h10v6H7z",
    "promise": "M4 13l3-5 5 2 5-2 3 5M7 8v8l5 4 5-4V8M10 14l2 2 2-2",
    "report": "M6 3h9l4 4v14H6zM14 3v5h5M9 13h7M9 17h5",
    "same": "M5 9h14M5 15h14",
    "search": "M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM16 16l5 5",
    "settings": "M4 7h9M17 7h3M15 9a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM4 17h3M11 17h9M9 19a2 2 0 1 0 0-4 2 2 0 0 0 0 4z",
    "sprout": "M12 21v-9M12 12c0-4-3-6-7-6 0 4 3 6 7 6zM12 15c0-3 2-5 6-5 0 3-2 5-6 5z",
    "speak": "M4 10v4h3l8 5V5L7 10zM18 9c1.5 1.5 1.5 4.5 0 6",
    "trash": "M5 7h14M9 7V4h6v3M7 7l1 13h8l1-13",
    "up": "M12 19V5M6 11l6-6 6 6",
    "upload": "M12 16V5M7 9l5-5 5 5M4 20h16",
    "user": "M12 11a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4 21c0-5 3-7 8-7s8 2 8 7",
    "walk": "M13 5.5a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3zM12 8l-3 3v4M12 8l1 6-3 7M13 14l3 3 1 4M12 8l4 4h3",
    "warning": "M12 4L2.5 20h19zM12 10v5M12 17.5v.01",
}
SAME_AS = {
    "people": "group",
    "today": "home",
    "territory": "map",
    "register": "book",
    "success": "check",
    "done": "check",
    "error": "warning",
    "late": "warning",
    "near": "clock",
    "debug": "info",
}


def svg(name: str) -> SafeString:
    strokes = STROKES.get(SAME_AS.get(name, name), STROKES["dot"])
    return format_html(
        '<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d="{}"/></svg>',
        mark_safe(strokes),
    )
