"""How far an act on one date of a series reaches, as a part of other forms."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_wtf import FlaskForm
from wtforms import RadioField, SelectChoice

from app.events.forms_office import OccasionForm
from app.events.forms_people import ReasonForm
from app.events.series import Reach
from app.platform.fields import Needed


class ReachForm(FlaskForm):
    """Which dates of a series; where there is one date there is nothing to choose."""

    reach = RadioField(_l("Which dates?"), [Needed()], default=str(Reach.ALONE))

    def offer(self, numbers: Mapping[Reach, int]) -> None:
        """Offer what makes a difference, with the number of dates that each would reach."""
        alone, following, everything = (numbers[reach] for reach in Reach)
        words = {
            Reach.ALONE: _l("Only this date"),
            Reach.FOLLOWING: ngettext(
                "This and %(num)s following date", "This and %(num)s following dates", following - 1
            ),
            Reach.ALL: ngettext(
                "%(num)s date that is still to come",
                "All %(num)s dates that are still to come",
                everything,
            ),
        }
        makes_sense = {
            Reach.ALONE: True,
            Reach.FOLLOWING: following > alone,
            Reach.ALL: everything > following,
        }
        useful = [r for r in Reach if makes_sense[r] or (everything and self.reach.data == r)]
        self.reach.choices = [SelectChoice(str(reach), words[reach]) for reach in useful]
        if useful == [Reach.ALONE]:
            del self.reach

    def reaches(self) -> Reach:
        """What was chosen."""
        return Reach(self.reach.data) if "reach" in self else Reach.ALONE


class MoveForm(ReachForm, OccasionForm):
    """When and where from now on, and which dates."""


class CallOffForm(ReachForm, ReasonForm):
    """Which dates do not take place, and why."""
