"""What we write to people about their accounts."""

from __future__ import annotations

from flask_babel import gettext as _

from app.platform.mail import Message


def please_confirm(url: str) -> Message:
    """Somebody has set up an account with this address.

    Nothing that they typed is in it: a stranger could have the town send their words to anybody.
    """
    return Message(
        _("Confirm your e-mail address"),
        _(
            "Good morning,\n\nsomebody has set up an account in Współpis with this address. "
            "If it was you, open this page and confirm the address:\n\n"
            "%(url)s\n\nThe link works for 7 days. If it was not you, do nothing: "
            "the account will not work.",
            url=url,
        ),
    )


def already_registered(sign_in_url: str, forgot_url: str) -> Message:
    """Somebody has tried to set up an account with an address that has one."""
    return Message(
        _("You already have an account"),
        _(
            "Good morning,\n\nsomebody has tried to set up an account in Współpis with this "
            "address, but it already has one. If it was you, just sign in:\n\n%(sign_in)s\n\n"
            "If you do not remember your password, choose a new one:\n\n%(forgot)s\n\n"
            "If it was not you, do nothing: your account is safe.",
            sign_in=sign_in_url,
            forgot=forgot_url,
        ),
    )


def new_password(url: str) -> Message:
    """Somebody has asked for a new password."""
    return Message(
        _("Choose a new password"),
        _(
            "Good morning,\n\nsomebody has asked for a new password to your account in Współpis. "
            "If it was you, open this page and choose one:\n\n%(url)s\n\n"
            "The link works once, for 2 hours. If it was not you, do nothing: "
            "the old password still works.",
            url=url,
        ),
    )


def password_changed(forgot_url: str) -> Message:
    """The password has just been changed."""
    return Message(
        _("Your password was changed"),
        _(
            "Good morning,\n\nthe password to your account in Współpis was changed a moment ago. "
            "You have been signed out on other devices.\n\n"
            "If it was not you, choose a new password at once:\n\n%(forgot)s",
            forgot=forgot_url,
        ),
    )


def membership_confirmed(organisation: str) -> Message:
    """The office has confirmed that the person speaks for an organisation."""
    return Message(
        _("We have confirmed for whom you speak"),
        _(
            "Good morning,\n\nthe NGO Centre has confirmed that you speak for: %(organisation)s. "
            "Thank you. There is nothing you need to do.",
            organisation=organisation,
        ),
    )


def account_closed() -> Message:
    """The account has just been closed, by the person whose it was."""
    return Message(
        _("Your account is closed"),
        _(
            "Good morning,\n\nyour account in Współpis was closed a moment ago, and we have erased "
            "your address, your name and your password. What you wrote stays, signed as it was "
            "signed in public.\n\nIf it was not you, answer this letter: the office will help.\n\n"
            "This is the last letter from us."
        ),
    )
