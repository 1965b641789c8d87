"""The blueprint to which the address modules of this package attach their views."""

from __future__ import annotations

from flask import Blueprint

from app.remarks.cards import card
from app.remarks.lifecycle import state_of, words_are_hidden

blueprint = Blueprint("remarks", __name__)
blueprint.add_app_template_global(card, "remark_card")
blueprint.add_app_template_filter(state_of, "state_of")
blueprint.add_app_template_filter(words_are_hidden, "words_are_hidden")
