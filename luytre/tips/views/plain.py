"""Without scripts: one page to write, one to come back. The server holds the words in memory for that one request,
seals them in a child process, and forgets them; the page says so before the first word."""

import json
import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from luytre.accounts.access import public
from luytre.tips import complaints, desks, intake, plain_sealing, soundness, wording
from luytre.tips.clock_rules import name_of
from luytre.tips.forms import FEW, AnswerForm, CodeForm, PlainForm
from luytre.tips.models import Clock
from luytre.tips.plain_sealing import Busy, Conversation, NotReadable, NotSealed, attached, opened, read
from luytre.tips.quiet import comes_from_here
from luytre.tips.sealing import Sealer
from luytre.tips.uploads import TooMuch, keep_in_memory
from luytre.tips.views.reporter import common

ACTS = ("send", "settled", "complain", "withdraw")
View = Callable[[HttpRequest], HttpResponse]


def plain_page(view: View) -> Callable[..., HttpResponseBase]:
    """Takes a post of our own pages alone, and no upload touches a disk."""

    @csrf_exempt
    @require_http_methods(["GET", "HEAD", "POST"])
    @public
    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponse:
        keep_in_memory(request)
        if request.method == "POST" and not comes_from_here(request):
            return told(request, _("This was not sent from our page"), _("Open the page anew and write there."), 403)
        if soundness.plain_closed():
            return told(
                request,
                _("This page cannot be used here"),
                _("This machine may write its memory to a disk. Use the page with scripts, or call 113."),
                503,
            )
        try:
            return view(request)
        except TooMuch:
            return told(
                request,
                _("The files are too large"),
                _("All files together may have 20 MB. Go back and leave one out."),
                413,
            )

    return guarded


def told(request: HttpRequest, title: str, why: str, status: int, **more: Any) -> HttpResponse:
    return render(request, "tips/plain_told.html", {**common(), "title": title, "why": why, **more}, status=status)


def fault(found: NotReadable) -> str:
    said = {
        "count": _("The code has ten words. You wrote %(word)s."),
        "unknown": _("“%(word)s” is not a word of any code. Look at your card again."),
        "slip": _("One of the words is not right, or two changed places. Look at your card again."),
        "nothing": _("No tip is found with this code."),
    }
    return said[found.why] % {"word": found.word}


@plain_page
def report(request: HttpRequest) -> HttpResponse:
    if not desks.is_open():
        return told(request, _("Tips are not taken here yet"), _("Call 113, or go to the police of your commune."), 503)
    posted = request.POST if request.method == "POST" else None
    found = desks.for_words(posted["place"]) if posted and posted.get("place") else []
    offered = desks.offered(found, posted.get("desk", "") if posted else "", few=FEW)
    if posted is None:
        return written(request, PlainForm(initial={"number": uuid.uuid4()}, desks=offered))
    if posted.get("act") != "send":
        return written(request, PlainForm(initial=posted.dict(), desks=offered), found=found, looked=True)
    form = PlainForm(posted, request.FILES, desks=offered)
    if not form.is_valid():
        return written(request, form, found=found, status=422)
    return sent(request, form, found)


def sent(request: HttpRequest, form: PlainForm, found: list[desks.Found]) -> HttpResponse:
    desk = form.desks[form.cleaned_data["desk"]]
    files = [
        attached(one.name or "", one.content_type or "", one.read(), place)
        for place, one in enumerate(form.cleaned_data["attached"], start=1)
    ]
    about = {"number": form.cleaned_data["number"], "name": form.identity, "files": files}
    try:
        done = plain_sealing.send(desk=desk, told=form.told(get_language() or "vi"), **about)
    except (Busy, intake.Overload):
        why = _("More comes in than can be taken now. What you wrote is still below: send it again in some minutes.")
        return written(request, form, found=found, status=503, refused=why, desk=desk)
    except NotSealed:
        why = _("The keys of this desk could not be checked, so nothing was sent. Choose another desk, or call.")
        return written(request, form, found=found, status=409, refused=why, desk=desk)
    except intake.Refused:
        return told(
            request,
            _("This was sent already"),
            _("It is stored once. To write something new, open the page anew."),
            409,
        )
    return render(
        request, "tips/plain_sent.html", {**common(), "words": done.words, "receipt": done.receipt, "desk": desk}
    )


def written(request: HttpRequest, form: PlainForm, *, status: int = 200, **more: Any) -> HttpResponse:
    return render(request, "tips/plain.html", {**common(), "form": form, **more}, status=status)


@plain_page
def come_back(request: HttpRequest) -> HttpResponse:
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "tips/plain_code.html", {**common(), "form": form})
    try:
        with opened(form.cleaned_data["code"]) as (child, talk):
            if talk.tip.is_code_once:
                return first_return(request, child, talk)
            return conversation(request, child, talk, request.POST["code"])
    except NotReadable as found:
        form.add_error("code", fault(found))
        return render(request, "tips/plain_code.html", {**common(), "form": form}, status=422)
    except Busy:
        return told(request, _("Too many at this moment"), _("Go back and try again in some minutes."), 503)


def first_return(request: HttpRequest, child: Sealer, talk: Conversation) -> HttpResponse:
    """An officer has seen these words: the reporter gets others first, which count once they are written down."""
    new = request.POST.get("new", "")
    if request.POST.get("act") == "written" and new:
        return conversation(request, child, plain_sealing.exchange(child, talk, new), new)
    context = {**common(), "words": plain_sealing.new_words(child), "code": request.POST["code"]}
    return render(request, "tips/plain_words.html", context)


def conversation(request: HttpRequest, child: Sealer, talk: Conversation, code: str) -> HttpResponse:
    act = request.POST.get("act", "")
    above = complaints.above(talk.tip.desk)
    form = AnswerForm(request.POST if act in ACTS else None, request.FILES or None, initial={"code": code}, above=above)
    done = ""
    if act in ACTS and form.is_valid():
        done = acted(child, talk, act, form)
        talk.tip.refresh_from_db()
        talk = read(child, talk.tip, talk.keys, talk.lookup)
        form = AnswerForm(initial={"code": code}, above=above)
    context = {
        **common(),
        "form": form,
        "talk": talk,
        "tip": talk.tip,
        "done": done,
        "asked": intake.is_asked(talk.tip),
    }
    context["state"] = wording.states()[f"state_{talk.tip.state}"]
    context["owed"] = [owed(one) for one in talk.tip.clocks.running().order_by("due_at")]
    context["steps"] = [(str(one.get_verb_display()), one.at) for one in talk.tip.steps.all()]
    return render(request, "tips/plain_conversation.html", context)


def owed(one: Clock) -> str:
    about = {"what": name_of(one.rule), "day": f"{timezone.localtime(one.due_at):%d/%m/%Y}"}
    if one.paused_at:
        return _("This stands still for now: %(what)s.") % about
    if one.due_at < timezone.now():
        return _("Since %(day)s the desk is late to: %(what)s. You may turn to somebody else below.") % about
    return _("By %(day)s the desk must: %(what)s.") % about


def acted(child: Sealer, talk: Conversation, act: str, form: AnswerForm) -> str:
    said = form.cleaned_data
    try:
        if act == "withdraw":
            intake.withdraw(talk.tip)
            return _("You have taken it back.")
        if act == "settled" and said["settled"]:
            intake.say_settled(talk.tip, said["settled"])
            return _("Thank you for saying so.")
        if act == "complain" and said["above"]:
            desk = complaints.complain(talk.tip, said["above"]).desk.name
            return _("{desk} now knows that you are not content, and must look at it.").format(desk=desk)
        if act == "send" and talk.is_trusted and (said["text"].strip() or said["attached"]):
            answer(child, talk, said)
            return _("Your message is sealed and stored.")
    except intake.Refused as refused:
        if refused.why == "complained":
            return _("You have turned to somebody else already; they must answer first.")
        return _("This could not be taken any more.")
    return _("Nothing was sent.")


def answer(child: Sealer, talk: Conversation, said: dict[str, Any]) -> None:
    before, seen = talk.last, talk.seen
    if said["text"].strip():
        body = json.dumps({"text": said["text"]}, ensure_ascii=False).encode()
        about = {"kind": "message", "before": before, "seen": seen}
        before = plain_sealing.add_part(child, talk.tip, talk.keys, about, body)
    files = [
        attached(one.name or "", one.content_type or "", one.read(), place)
        for place, one in enumerate(said["attached"], start=1)
    ]
    plain_sealing.add_files(child, talk.tip, talk.keys, before, seen, files)
