"""A finished Word file → its place in `output/`, never over what a person has changed there."""

from casebuilder.delivery.deliver import Delivery
from casebuilder.delivery.outcome import Outcome, Status

__all__ = ["Delivery", "Outcome", "Status"]
