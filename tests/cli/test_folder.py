"""A region folder: made anew only where a command made it, keys readable by the owner alone."""

import stat
from pathlib import Path

import pytest

from adapter.cli.folder import NotOursError, RegionFolder


def test_a_new_folder_remembers_what_it_is_about(tmp_path: Path) -> None:
    folder = RegionFolder(tmp_path / "regio")
    folder.create_anew({"region": "Velp"})
    assert folder.about() == {"region": "Velp"}


def test_a_folder_of_ours_is_emptied(tmp_path: Path) -> None:
    folder = RegionFolder(tmp_path / "regio")
    folder.create_anew({})
    (folder.path / "meso.db").touch()
    folder.create_anew({})
    assert not (folder.path / "meso.db").exists()


def test_a_folder_of_somebody_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "scriptie.txt").touch()
    with pytest.raises(NotOursError):
        RegionFolder(tmp_path).create_anew({})
    assert (tmp_path / "scriptie.txt").exists()


def test_an_empty_folder_may_be_used(tmp_path: Path) -> None:
    RegionFolder(tmp_path).create_anew({})
    assert (tmp_path / "keys").is_dir()


def test_a_client_key_is_for_its_owner_alone(tmp_path: Path) -> None:
    folder = RegionFolder(tmp_path)
    folder.create_anew({})
    path = folder.write_client_key("wilgenhof-his", {"kty": "EC"})
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_client_key_is_never_overwritten(tmp_path: Path) -> None:
    folder = RegionFolder(tmp_path)
    folder.create_anew({})
    folder.write_client_key("wilgenhof-his", {"kty": "EC"})
    with pytest.raises(FileExistsError):
        folder.write_client_key("wilgenhof-his", {"kty": "EC"})


def test_settings_keep_everything_inside_the_folder(tmp_path: Path) -> None:
    settings = RegionFolder(tmp_path).settings(base="http://127.0.0.1:8000")
    assert {Path(settings.database_url[10:]).parent, settings.log_dir.parent} == {tmp_path}
    assert settings.key_file.parent == tmp_path
