"""L7: what a review meeting says of itself has to fit together."""

from datetime import date, time

import pytest

from intake.reviews import Meeting, attendance_fault, hours_fault

DAY = date(2022, 11, 1)


def met(**facts: object) -> Meeting:
    """A meeting of three in the village's hall."""
    return Meeting(DAY, "villagers", 3, "逐户表决", **facts)  # type: ignore[arg-type]


@pytest.mark.parametrize("ends", [time(9), time(8, 59)])
def test_L7_a_meeting_ends_after_it_began(ends: time) -> None:
    fault = hours_fault(met(begins_at=time(9), ends_at=ends))
    assert fault is not None and fault.key == "refusal.L7.ended_before_begun"
    assert hours_fault(met(begins_at=time(9), ends_at=time(9, 1))) is None
    assert hours_fault(met(begins_at=time(9))) is None


@pytest.mark.parametrize("names", [("甲",), ("甲", "乙"), ("甲", "乙", "丙", "丁")])
def test_L7_as_many_are_named_as_were_present(names: tuple[str, ...]) -> None:
    fault = attendance_fault(met(attendance=names))
    assert fault is not None and fault.key == "refusal.L7.other_attendance"
    assert fault.params == {"listed": len(names), "present": 3}
    assert attendance_fault(met(attendance=("甲", "乙", "丙"))) is None
    assert attendance_fault(met()) is None
