"""The words that scripts of keys and identities show."""

from django.utils.translation import gettext as _


def words() -> dict[str, str]:
    return {**making(), **failing()}


def making() -> dict[str, str]:
    return {
        "word_number": _("Word {number}"),
        "words_differ": _("These are not the words. Look at your paper again."),
        "locking": _("Locking the key…"),
        "signing": _("Signing…"),
        "sealing": _("Sealing…"),
        "compare_first": _("Compare the fingerprint of another holder first, and tick it."),
        **passkeys(),
        "opening_identity": _("Opening…"),
        "not_given": _("not given"),
        "key_differs": _("The signed list does not have this key. Do not go on; tell the province."),
        "draft_wrong": _("Nothing can be signed here now"),
        "draft_Forged": _(
            "Your certifying key is not the one that the province certified, or it did not sign the list."
        ),
        "draft_Expired": _("The province's list is out of date. Ask the province to sign it again."),
        "draft_Older": _("The server gave an older list than before. Load the page again, or tell the province."),
        "draft_Closed": _("The province has not certified this desk."),
        "draft_failed": _("Check the network and load the page again."),
        "unlock_wrong": _("These words or this passkey do not open your key."),
        "unlock_forged": _("Your key is not the one that the desk knows. Tell the key holders."),
        "list_wrong": _("The desk's list of keys does not hold"),
        "list_wrong_then": _("Reporters cannot write to this desk until the key holders renew it."),
    }


def passkeys() -> dict[str, str]:
    return {
        "passkey_asking": _("Follow what your device asks…"),
        "passkey_opens": _("The passkey opens this key from now on, and so do the words."),
        "passkey_gone": _("The passkey opens this key no more. The words do."),
        "passkey_failed": _("No passkey was made: it was called off, or this device cannot lock with one."),
    }


def failing() -> dict[str, str]:
    return {
        "why_failed": _("That did not work. Check the network and try again."),
        "why_signed_out": _("You are signed out. Sign in again."),
        "why_malformed": _("The server did not take it. Load the page again."),
        "why_has_key": _("You have such a key at this desk already."),
        "why_moved": _("Something changed meanwhile. Load the page again and look once more."),
        "why_holder": _("Only a holder of the desk's certifying key may do this."),
        "why_officer": _("A new key of the desk is made by a holder who is an officer of the desk too."),
        "why_two": _("Two different people hold the certifying key."),
        "why_own": _("Nobody certifies, or agrees to, what is their own."),
        "why_certifier": _("The province has not certified the key that signed this list."),
        "why_nobody": _("At least one officer must stay on the list."),
        "why_epoch": _("When an officer leaves, the desk needs a new key. Load the page again."),
        "why_time": _("The clock of this device is wrong. Set it and sign again."),
        "why_document": _("An order has a number: write it."),
        "why_asked": _("Somebody has asked for this one already."),
        "why_gone": _("It is not sealed to the two of you, or its time is over."),
        "why_Forged": _("A key or a list could not be checked, so nothing was signed."),
        "why_Expired": _("The province's list is out of date. Ask the province to sign it again."),
        "why_Older": _("The server gave an older list than before, so nothing was signed."),
        "why_Closed": _("The province has not certified this desk."),
    }
