"""From the printed code to a sign-in without a password, in a real browser under the real policy."""

import re

from tests.browser.conftest import MakeVisitor, Server, Visitor

CHOSEN = "bon-con-trau-an-co"
DEVICE = {
    "protocol": "ctap2",
    "ctap2Version": "ctap2_1",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def with_device(somebody: Visitor) -> None:
    """A phone that opens with a finger, made of software."""
    session = somebody.context.new_cdp_session(somebody.page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})


def test_from_the_printed_code_to_a_passkey(server: Server, visitor: MakeVisitor) -> None:
    told = server.command("create_auditor", "thanh.tra", "Thanh tra độc lập")
    [code] = re.findall(r"[2-9A-Z]{5}-[2-9A-Z]{5}", told)
    somebody = visitor()
    page = somebody.page
    with_device(somebody)
    somebody.go("/sign-in/")
    page.fill("[name=login]", "thanh.tra")
    page.fill("[name=password]", code)
    page.press("[name=password]", "Enter")
    page.wait_for_url("**/my-account/password/first/")
    page.fill("[name=password1]", CHOSEN)
    page.fill("[name=password2]", CHOSEN)
    page.press("[name=password2]", "Enter")
    page.wait_for_url("**/today/")
    somebody.go("/my-account/passkeys/new/")
    page.fill("[name=password]", CHOSEN)
    page.press("[name=password]", "Enter")
    page.wait_for_url("**/passkeys/new/**")
    page.check("[name=passwordless]")
    page.click("form[data-passkey] button")
    page.wait_for_url("**/recovery-codes/**")
    somebody.go("/sign-out/")
    page.click("main form button")
    page.wait_for_url("**/sign-in/**")
    page.click("form[data-passkey=sign-in] button")
    page.wait_for_url("**/today/")
    assert somebody.complaints == []


def test_a_passkey_that_is_not_there_says_so(visitor: MakeVisitor) -> None:
    somebody = visitor()
    with_device(somebody)
    somebody.go("/sign-in/")
    somebody.page.click("form[data-passkey=sign-in] button")
    somebody.page.locator("[data-refused]").wait_for(state="visible")


def test_without_javascript_the_password_is_enough(visitor: MakeVisitor) -> None:
    somebody = visitor("banchidao", java_script_enabled=False)
    assert somebody.page.locator("h1").is_visible()
    somebody.go("/my-account/second-step/")
    assert somebody.page.locator("h1").is_visible()
