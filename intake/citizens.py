"""People who act on a case and are no officials."""

from dataclasses import dataclass

from intake.procedure import Role


@dataclass(frozen=True, slots=True)
class Citizen:
    """Somebody by their contact: who applied, or who objects to a notice. What they may do stands in the table; that
    a case is theirs, or hangs where all can read it, is for the caller to see to."""

    contact_id: int
    role: Role = Role.CITIZEN

    @property
    def actor(self) -> str:
        """How the event chain names them."""
        return f"contact:{self.contact_id}"
