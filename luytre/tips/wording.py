"""The words that the reporter's scripts show: no script has words of its own."""

from django.utils.translation import gettext as _

from luytre.tips.models import Verb


def files() -> dict[str, str]:
    return {
        "remove": _("Take out {name}"),
        "too_many": _("No more than {most} files at once."),
        "too_large": _("“{name}” is larger than {most}."),
        "cannot_clean": _(
            "“{name}” was left out: this browser cannot take the hidden place and time out of it. Choose a JPEG photo."
        ),
        "file_sealing": _("Sealing file {number} of {all}"),
        "file_sending": _("Sending file {number} of {all}"),
        "file_waiting": _("The network is broken. The next try is in {seconds} seconds; nothing is lost."),
        "files_sent": _("All files are there: {all}."),
        "sending_waiting": _(
            "The network is broken. The next try is in {seconds} seconds; what you wrote is still here."
        ),
        "hour": _("{day}, about {hour} o'clock"),
        "no_network": _("There is no network now"),
        "untrusted": _("The keys of this desk cannot be trusted now"),
    }


def reporting() -> dict[str, str]:
    return files() | {
        "progress": _("Question {number} of {all}"),
        "choose_one": _("Choose one answer."),
        "say_what": _("Write in a few words what happened."),
        "choose_place": _("Write the name of the commune and choose it from the list."),
        "say_persons": _("Write what they did and how they can be told apart, or choose “No”."),
        "say_name": _("Write your name, or choose to stay without one."),
        "choose_desk": _("Choose who shall read it."),
        "rewrite": _("Please write this anew: it says only “{words}”. {reason} Say what was done."),
        "no_places": _("The list of communes did not come. Check the network and type once more."),
        "no_place": _("No commune has this name."),
        "places_found": _("Found: {count}. Choose one below."),
        "loading": _("Just a moment…"),
        "try_again_here": _("What you wrote is still on this page."),
        "again": _("Try again"),
        "no_desk": _("No desk for this place takes tips here yet"),
        "no_desk_then": _("Call 113, or go to the police of your commune."),
        "desk_commune": _("Police of the commune: nearest to you"),
        "desk_province": _("Police of the province: not the people of your commune"),
        "desk_procuracy": _("Procuracy: not the police"),
        "desk_ministry": _("Ministry of Public Security: for the whole country"),
        "not_said": _("Not said"),
        "named": _("With your name, sealed apart"),
        "unnamed": _("Without a name"),
        "change": _("Change"),
        "of_matter": _("About what"),
        "of_what": _("What has happened"),
        "of_where": _("Where it was"),
        "of_when": _("When it was"),
        "of_how": _("How you know"),
        "of_persons": _("Who did it"),
        "of_files": _("Files you add"),
        "of_name": _("Your name"),
        "of_desk": _("Who reads it"),
        "sealing_checking": _("Checking the desk's keys"),
        "sealing_work": _("Your phone is solving a small puzzle, which keeps floods away"),
        "sealing_seal": _("Sealing in your phone"),
        "sealing_send": _("Sending what is sealed"),
        "overload": _("More comes in than this desk can take now"),
        "overload_then": _(
            "Nothing was sent. Try again in some minutes, or reach the desk this way. In danger call 113."
        ),
        "no_custodians": _("Your name cannot be sealed for this desk now"),
        "no_custodians_then": _("Nothing was sent. Choose to stay without a name, or choose another desk."),
        "untrusted_then": _(
            "Nothing was sent. The list of keys is old or not real, so others could read what you write."
            " Choose another desk, or reach this one another way."
        ),
        "no_network_then": _("Nothing is lost: what you wrote is still on this page."),
        "failed": _("This did not work"),
        "failed_then": _("What you wrote is still on this page. Try again, or reach the desk another way."),
        "to_answers": _("Back to your answers"),
        "files_refused": _("The files could not be taken. You may add them later with your code."),
        "files_broken": _("Files still to send: {left}. Keep this page open and try again."),
        "word_number": _("Word number {number}"),
        "word_wrong": _("This is not the word. Look at your card, or look at the words again."),
        "copied": _("Copied. Paste it where only you look, then copy something else."),
        "not_copied": _("This browser does not let us copy. Please write the words down."),
    }


def returning() -> dict[str, str]:
    return (
        files()
        | states()
        | {
            "code_count": _("The code has ten words. You wrote {word}."),
            "code_unknown": _("“{word}” is not a word of any code. Look at your card again."),
            "code_slip": _("One of the words is not right, or two changed places. Look at your card again."),
            "code_nothing": _("No tip is found with this code."),
            "not_opened": _("This could not be opened here. Try another browser."),
            "received": _("Received on {day}. It is with: {desk}."),
            "due": _("By {day} the desk must: {what}."),
            "due_past": _("Since {day} the desk is late to: {what}. You may turn to somebody else below."),
            "due_stands": _("This stands still for now: {what}."),
            "turned": _("{desk} now knows that you are not content, and must look at it."),
            "turned_before": _("You have turned to somebody else already; they must answer first."),
            "read_by_desk": _("The desk has opened {count} of your {all} parts."),
            "files_left": _(
                "You meant to add {promised} files; {arrived} parts came after the first. You may add the rest below."
            ),
            "from_you": _("You wrote"),
            "from_desk": _("The desk wrote"),
            "a_file": _("A file"),
            "save_file": _("Save {name}"),
            "say_something": _("Write a message or add a file."),
            "message_sending": _("Sealing and sending your message"),
            "message_sent": _("Your message is sealed and stored."),
            "many": _("This conversation can take no more. Write a new tip and name the receipt number."),
            "refused": _("This could not be taken any more."),
            "choose_one": _("Choose one answer."),
            "verdict_said": _("Thank you for saying so."),
            "withdrawn": _("You have taken it back."),
            "receipt_count": _("Of {count} sealed parts:"),
            "fault_forged": _("A message here is not from the desk"),
            "fault_forged_then": _(
                "Somebody else wrote it, so it is not shown. Do not answer, and give no name."
                " Reach the desk another way."
            ),
            "fault_missing": _("Something of this conversation is missing or was changed"),
            "fault_missing_then": _(
                "The messages of the desk are not shown. Reach the desk another way and tell them."
            ),
            "untrusted_reading": _(
                "So its messages are not shown and nothing can be sent. Come back later, or reach the desk another way."
            ),
        }
    )


def states() -> dict[str, str]:
    """What has become of it, and each step, in words for who wrote it."""
    return {
        "state_received": _("Your tip is there. The desk has not said yet what it is."),
        "state_classified": _("The desk has read your tip and said what kind it is."),
        "state_checking": _("The desk is checking what you wrote."),
        "state_suspended": _("Checking stands still for now; the desk must wait for something."),
        "state_concluded": _("The desk has finished checking."),
        "state_notified": _("The desk has finished and told you the result."),
        "state_closed": _("The desk has closed this."),
        "state_withdrawn": _("You have taken this back."),
    } | {f"verb_{verb.value}": str(verb.label) for verb in Verb}
