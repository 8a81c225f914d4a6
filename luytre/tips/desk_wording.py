"""The words that the desk's scripts show: no script has words of its own."""

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from luytre.tips import keyring_wording
from luytre.tips.models import Channel, Class, Matter, State


def words() -> dict[str, str]:
    return {
        "hour": _("{day}, about {hour} o'clock"),
        **{f"state_{one.value}": capfirst(str(one.label)) for one in State},
        **{f"class_{one.value}": str(one.label) for one in Class},
        **{f"matter_{one.value}": capfirst(str(one.label)) for one in Matter},
        **{f"channel_{one.value}": str(one.label) for one in Channel},
        "kind_place": _("problem of a place"),
        "kind_feedback": _("feedback"),
        **inbox(),
        **reading(),
        **writing(),
        **keyring_wording.passkeys(),
        **failing(),
    }


def inbox() -> dict[str, str]:
    return {
        "due": _("by {hour}"),
        "due_late": _("late since {hour}"),
        "no_clock": _("no clock runs"),
        "at_once": _("at once"),
        "waits": _("the reporter has written"),
        "received": _("received {hour}"),
        "parts": _("parts: {count}"),
        "named": _("with a sealed name"),
        "no_words": _("(no words)"),
        "urgent_said": _("the reporter says: urgent"),
        "matter_said": _("the reporter says: {matter}"),
        "cannot_open_row": _("Cannot be opened with your key"),
        "inbox_empty": _("No tip is waiting here."),
        "found": _("Found: {count} of {all} opened"),
        "shown": _("Shown: {count}, all of them"),
        "shown_more": _("Shown: {count}; more come as you scroll"),
    }


def reading() -> dict[str, str]:
    return {
        "from_reporter": _("The reporter"),
        "from_desk": _("The desk"),
        "from_notes": _("Note of the desk"),
        "of_where": _("Where"),
        "of_when": _("When"),
        "of_how": _("How they know"),
        "of_persons": _("About persons"),
        "with_files": _("with files: {count}"),
        "a_file": _("file"),
        "fetch_file": _("Fetch this file"),
        "save_file": _("Save the file"),
        "save_picture": _("Save the picture without what a camera adds"),
        "save_anyway": _("Save this file"),
        "save_warning": _(
            "Files from strangers can do harm. Open it only on a machine without network and without other data."
        ),
        "picture_broken": _("This picture could not be drawn."),
        "read_by_reporter": _("The reporter has read {count} of {all} messages."),
        "read_differs": _("The reporter's browser saw other messages than these."),
        "files_missing": _("The reporter meant to add {promised} files; {came} are here."),
        "part_broken": _("This part cannot be opened or was changed."),
        "part_untrusted": _("Not shown: it is not certain who wrote this."),
        "fault_forged": _("Something here was not written by whom it names"),
        "fault_forged_reporter": _("A part does not come from the reporter. Do not act on it; tell the key holders."),
        "fault_forged_desk": _("A message of the desk was not signed by one of its officers. Tell the key holders."),
        "fault_forged_notes": _("A note was not signed by one of the desk's officers. Tell the key holders."),
        "fault_missing": _("Something is missing, doubled or was changed"),
        "fault_missing_reporter": _(
            "Not all that the reporter sent is here. Ask the reporter, and tell the key holders."
        ),
        "fault_missing_desk": _("Not all messages of the desk are here. Tell the key holders."),
        "fault_missing_notes": _("Not all notes are here. Tell the key holders."),
        "cannot_open": _("This tip cannot be opened"),
        "cannot_open_then": _("It was sealed to a key that you do not hold. Another officer of the desk may open it."),
    }


def writing() -> dict[str, str]:
    return {
        "say_something": _("Write something first."),
        "sealing": _("Sealing…"),
        "sent": _("Sealed and stored. The reporter sees it at the next return."),
        "noted": _("Noted. Only officers of the desk can read it."),
        "find_same": _("Look for the same among earlier tips"),
        "finding": _("Opening earlier tips…"),
        "same_found": _("Alike: {count}. Choose one."),
        "same_none": _("None is alike."),
        "enter_missing": _("Say at least what happened and about what."),
        "handed_on": _("The desk's keys were handed on to an officer who was certified."),
        "wrapping_again": _("Sealing open tips to the desk's new key: {count}"),
        "wrapped_again": _("Open tips sealed to the desk's new key: {count}."),
        "not_handed_on": _("Keys could not be handed on now; it is tried again at the next unlocking."),
        "carrying": _("Carried: {count}"),
        "carried": _("All are with the new desk now: {count}."),
        "entered": _("Sealed and stored"),
        "entered_then": _("Give the slip to the reporter and keep no copy."),
    }


def failing() -> dict[str, str]:
    return {
        "unlock_wrong": _("These words or this passkey do not open your key."),
        "unlock_forged": _("Your key is not the one that the desk knows. Tell the key holders."),
        "list_wrong": _("The desk's list of keys does not hold"),
        "list_wrong_then": _("Reporters cannot write to this desk until the key holders renew it."),
        "why_failed": _("That did not work. Check the network and try again."),
        "why_signed_out": _("You are signed out. Sign in again."),
        "why_order": _("Somebody else wrote meanwhile. Load the page again; your words stay here until then."),
        "why_elsewhere": _("The tip is with another desk now."),
        "why_overload": _("More comes in now than the desk takes. Try again in some minutes."),
        "why_malformed": _("The server did not take it. Load the page again."),
        "why_list": _("The keys of the desk could not be checked, so nothing was sealed."),
        "why_custodians": _("The name cannot be sealed: the desk has no custodians now. Enter it without a name."),
        "why_Expired": _("The other desk's list of keys is out of date, so nothing was sealed to it."),
        "why_Older": _("The other desk's list of keys is older than one seen before, so nothing was sealed to it."),
        "why_Forged": _("The other desk's keys could not be checked, so nothing was sealed to it."),
        "why_Closed": _("The other desk takes no tips now."),
    }
