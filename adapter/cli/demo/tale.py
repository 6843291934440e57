"""What one step leaves for the next."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from random import Random

from adapter.cli.demo.narrator import Narrator
from adapter.cli.demo.peer import PeerToCome
from adapter.cli.demo.people import Cast
from adapter.cli.demo.stage import Server
from adapter.synthetic.dossiers import Dossier
from adapter.synthetic.people import Person
from adapter.synthetic.region import Region


@dataclass(slots=True, kw_only=True)
class Names:
    """Ids of the dossier, as the doors gave them; all without their type."""

    patient: str = ""
    referral: str = ""
    task: str = ""
    trajectory: str = ""
    plan: str = ""
    open_patient: str = ""  # somebody of De Wilgenhof whose trajectory goes on
    referred: int = 1  # patients with a referral, mevrouw Wolderink with hers
    taken_up: int = 1  # trajectories, hers too
    actions: dict[str, str] = field(default_factory=dict)  # Task id by URA of its owner


@dataclass(slots=True, kw_only=True)
class Tale:
    """The story under way: who tells, who plays, about whom."""

    narrator: Narrator
    cast: Cast
    region: Region
    server: Server
    peer: PeerToCome
    names: Names = field(default_factory=Names)
    rng: Random = field(default_factory=lambda: Random(84))  # noqa: S311 - invented texts

    @property
    def wolderink(self) -> Person:
        return self.region.patients[0]

    @property
    def dossier(self) -> Dossier:
        """Her dossier as records name it; only after the referral was taken up."""
        return Dossier(
            person=self.wolderink,
            patient=self.names.patient,
            referral=self.names.referral,
            trajectory=self.names.trajectory,
        )

    def now(self) -> datetime:
        return datetime.now(UTC).replace(microsecond=0)
