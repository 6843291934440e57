from adapter.fhir import constants


def test_own_code_systems_hang_below_the_one_canonical() -> None:
    own = [v for name, v in vars(constants).items() if name.startswith("MESO_")]
    assert own
    assert len(set(own)) == len(own)
    assert all(url.startswith(f"{constants.CANONICAL}/CodeSystem/") for url in own)


def test_older_spellings_lead_to_systems_that_are_emitted() -> None:
    emitted = {constants.BSN, constants.URA, constants.UZI, constants.UZI_SYSTEM}
    emitted |= {constants.AGB, constants.UZOVI, constants.URI}
    assert set(constants.IDENTIFIER_ALIASES.values()) <= emitted
    assert not emitted & constants.IDENTIFIER_ALIASES.keys()


def test_labels_are_fresh_objects() -> None:
    constants.htest()["code"] = "changed"
    constants.subsetted()["code"] = "changed"
    assert constants.htest()["code"] == "HTEST"
    assert constants.subsetted()["code"] == "SUBSETTED"
