"""The invented GP practices' own FHIR sources, made anew from the mark of a region folder."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import date

from adapter.fhir.json import Json
from adapter.standin.gp_source import StandinGpSource
from adapter.standin.serving import serve
from adapter.synthetic.region import Region, build_region


def describe(region: Region) -> Json:
    """What is needed to invent the same region again."""
    return {
        "region": region.name,
        "seed": region.seed,
        "patients": len(region.patients),
        "today": region.today.isoformat(),
    }


def region_of(about: Json) -> Region:
    """The region that `describe` described."""
    return build_region(
        date.fromisoformat(about["today"]), seed=about["seed"], patients=about["patients"]
    )


@contextmanager
def serve_sources(about: Json) -> Iterator[dict[str, str]]:
    """FHIR base of each GP practice by URA, over real sockets."""
    with ExitStack() as stack:
        yield {
            ura: stack.enter_context(serve(StandinGpSource(records)))
            for ura, records in region_of(about).gp_records.items()
        }
