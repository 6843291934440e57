"""Commands and their options. Each imports its work when it is called.

Exit codes: 0 = done and in order; 1 = done, and something is not in order (a finding in the log, a
step of the demo with another outcome); 2 = could not be done, or wrong use.

Settings come from the environment (`MESO_…`, docs/configuration.md).
"""
# ruff: noqa: PLC0415 - a command imports its work when it is called, so that `meso --help`
# is fast; and its parameters are its options

from pathlib import Path
from typing import Annotated

from typer import Argument, Exit, Option, Typer

app = Typer(
    help="MESO FHIR-adapter.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,  # its tracebacks show local variables: patient data
)
client = Typer(help="Aangesloten software.", no_args_is_help=True)
audit = Typer(help="Het toegangslog.", no_args_is_help=True)
app.add_typer(client, name="client")
app.add_typer(audit, name="audit")
sync = Typer(help="FHIR-servers bijhouden.", no_args_is_help=True)
app.add_typer(sync, name="sync")

AsJson = Annotated[bool, Option("--json", help="Eén JSON-object in plaats van tekst.")]
Folder = Annotated[Path, Option("--dir", help="Map van de regio.")]


@app.command()
def serve(
    host: Annotated[str | None, Option(help="Adres om op te luisteren.")] = None,
    port: Annotated[int | None, Option(help="Poort om op te luisteren.")] = None,
    region: Annotated[
        Path | None, Option(help="Start ook de verzonnen HIS-bronnen van deze demomap.")
    ] = None,
) -> None:
    """Start de adapter (één proces)."""
    from adapter.cli.serve import run

    run(host, port, region)


@app.command()
def migrate() -> None:
    """Maak of vernieuw database en sleutelbestand."""
    from adapter.cli.output import say
    from adapter.settings import Settings
    from adapter.store.migrate import migrate as run

    run(Settings())
    say("Database en sleutelbestand zijn bij.")


@app.command()
def demo(
    folder: Folder = Path(".region"),
    fast: Annotated[bool, Option(help="Zonder pauzes, met een kleinere regio.")] = False,
) -> None:
    """Vertel het verhaal van mevrouw Wolderink op een echte, verzonnen regio."""
    from adapter.cli.demo.run import run

    raise Exit(run(folder, fast=fast))


@app.command()
def token(
    who: Annotated[str, Option("--as", help="Korte naam, zoals dussel of haverkort.")],
    folder: Folder = Path(".region"),
    base: Annotated[str | None, Option(help="Adres van de adapter.")] = None,
    through: Annotated[
        str | None, Option("--client", help="Software die namens deze persoon vraagt.")
    ] = None,
    purpose: Annotated[str, Option(help="Doel, zoals TREAT of HOPERAT.")] = "TREAT",
) -> None:
    """Vraag een access token voor iemand uit de demoregio en toon het."""
    from adapter.cli.token import run

    run(who, folder, base, through, purpose)


@app.command()
def explain(
    resource: Annotated[str, Argument(help="Type/id, zoals Task/m….")],
    ura: Annotated[str, Option(help="Organisatie waarvoor iemand handelt.")],
    uzi: Annotated[str, Option(help="UZI-nummer van die persoon.")],
    role: Annotated[str, Option(help="Rol, zoals community-nurse.")],
    purpose: Annotated[str, Option(help="Doel, zoals TREAT.")] = "TREAT",
    at: Annotated[str | None, Option(help="Moment; anders nu.")] = None,
    as_json: AsJson = False,
) -> None:
    """Zou deze persoon dit zien, en welke poort beslist? 0 = ja, 1 = nee."""
    from adapter.cli.explain import run

    found = run(resource, ura=ura, uzi=uzi, role=role, purpose=purpose, at=at, as_json=as_json)
    raise Exit(found)


@app.command("map")
def map_(
    files: Annotated[
        list[Path],
        Argument(help="Bestanden of mappen; .ndjson is één document per regel, - leest."),
    ],
    kind: Annotated[
        str | None, Option(help="Soort, zoals referral; voor JSON zonder FHIR.")
    ] = None,
    shape: Annotated[
        str | None, Option(help="Vorm waarin anderen het sturen, zoals elz-referral.")
    ] = None,
    out: Annotated[Path | None, Option(help="Bestand; anders naar het scherm.")] = None,
    keys: Annotated[
        Path | None, Option(help="Sleutelbestand van de installatie; anders een proefsleutel.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Vertaal berichten naar FHIR en terug. 0 = alles vertaald, 1 = er waren fouten."""
    from adapter.cli.map import run

    raise Exit(run(files, kind=kind, shape=shape, out=out, keys=keys, as_json=as_json))


@app.command()
def validate(
    files: Annotated[
        list[Path],
        Argument(help="Bestanden of mappen; .ndjson is één document per regel, - leest."),
    ],
    kind: Annotated[
        str | None, Option(help="Soort, zoals referral; voor JSON zonder FHIR.")
    ] = None,
    keys: Annotated[
        Path | None, Option(help="Sleutelbestand van de installatie; anders een proefsleutel.")
    ] = None,
    referee: Annotated[
        bool, Option("--referee", help="Ook de validator van HAPI (Java, Maven, Node.js).")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Kijk berichten na zoals de adapter dat doet. 0 = in orde, 1 = er zijn fouten."""
    from adapter.cli.validate import run

    raise Exit(run(files, kind=kind, keys=keys, referee=referee, as_json=as_json))


@app.command()
def synth(
    region: Annotated[str, Option(help="velp, tiel, zoetermeer of ommoord.")],
    years: Annotated[int, Option(help="Aantal jaren.")] = 1,
    seed: Annotated[int, Option(help="Hetzelfde getal geeft dezelfde regio.")] = 1,
    out: Annotated[Path | None, Option(help="Map; anders synth-REGIO.")] = None,
    keys: Annotated[
        Path | None, Option(help="Sleutelbestand van de installatie; anders een proefsleutel.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Verzin een regio: per soort een NDJSON-bestand, en region.json met wat erin zit."""
    from adapter.cli.synth import run

    raise Exit(run(region, years=years, seed=seed, out=out, keys=keys, as_json=as_json))


@client.command("add")
def client_add(
    client_id: Annotated[str, Argument(help="Naam van de software, zoals wilgenhof-his.")],
    ura: Annotated[list[str], Option(help="Organisatie waarvoor zij vraagt; mag vaker.")],
    name: Annotated[str, Option(help="Naam voor mensen.")],
    jwks: Annotated[Path | None, Option(help="Bestand met de publieke sleutels (JWKS).")] = None,
    jwks_uri: Annotated[str | None, Option(help="https-adres van de publieke sleutels.")] = None,
    basis: Annotated[
        str, Option(help="own, of het kenmerk van de verwerkersovereenkomst.")
    ] = "own",
    as_json: AsJson = False,
) -> None:
    """Sluit software aan en zeg voor welke organisaties zij mag vragen."""
    from adapter.cli.client_add import run

    run(client_id, name=name, uras=ura, jwks=jwks, jwks_uri=jwks_uri, basis=basis, as_json=as_json)


@audit.command("verify")
def audit_verify(
    held: Annotated[
        list[Path] | None, Option("--anchor", help="Anker dat elders bewaard is; mag vaker.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Klopt het toegangslog nog? 0 = ja, 1 = er is iets veranderd, weg of verplaatst."""
    from adapter.cli.audit import verify

    raise Exit(verify(held or [], as_json=as_json))


@audit.command("anchor")
def audit_anchor(
    out: Annotated[Path | None, Option(help="Bestand; anders naar het scherm.")] = None,
) -> None:
    """Leg de stand van vandaag vast, om elders te bewaren."""
    from adapter.cli.audit import anchor

    anchor(out)


@audit.command("report")
def audit_report(
    practice: Annotated[str, Option(help="URA van de praktijk die het dossier houdt.")],
    since: Annotated[
        str | None, Option(help="Eerste dag, JJJJ-MM-DD; anders een week terug.")
    ] = None,
    until: Annotated[str | None, Option(help="Laatste dag, JJJJ-MM-DD; anders vandaag.")] = None,
    staff: Annotated[
        str | None, Option(help="Alleen deze medewerker (PractitionerRole-id).")
    ] = None,
    csv: Annotated[bool, Option("--csv", help="Komma-bestand naar het scherm.")] = False,
    as_json: AsJson = False,
) -> None:
    """Wie opende welke dossiers van deze praktijk?"""
    from adapter.cli.audit import report

    report(practice, since=since, until=until, staff=staff, as_csv=csv, as_json=as_json)


@sync.command("add")
def sync_add(
    name: Annotated[str, Argument(help="Korte naam.")],
    base: Annotated[str, Argument(help="FHIR-adres, zonder schuine streep aan het eind.")],
    own: Annotated[
        bool, Option("--own", help="Onze eigen server; zonder dit geldt hij als testserver.")
    ] = False,
) -> None:
    """Meld een FHIR-server aan die wordt bijgehouden."""
    from adapter.cli.sync import add

    add(name, base, "own" if own else "test")


@sync.command("push")
def sync_push(
    peer: Annotated[
        list[str] | None, Option(help="Alleen deze server; mag vaker. Anders alle.")
    ] = None,
    run_tag: Annotated[str | None, Option(help="Kenmerk van deze ronde op een testserver.")] = None,
    lease: Annotated[float | None, Option(help="Seconden die één zending mag duren.")] = None,
    unknown_wait: Annotated[
        float | None, Option(help="Seconden waarna een verzoek zonder antwoord niet meer aankomt.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Stuur wat klaarstaat. 0 = alles staat er, 1 = er wacht nog iets of er moet iemand kijken."""
    from adapter.cli.sync import run_push

    found = run_push(
        peer or [], run_tag=run_tag, lease_s=lease, unknown_wait_s=unknown_wait, as_json=as_json
    )
    raise Exit(found)


@sync.command("status")
def sync_status(as_json: AsJson = False) -> None:
    """Wat staat er in de rij? 0 = niets, 1 = er wacht iets."""
    from adapter.cli.sync import show_status

    raise Exit(show_status(as_json=as_json))
