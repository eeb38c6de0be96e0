"""What a clerk sees: lines, groups, exit codes, two languages, and never a traceback."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from docx import Document

from casebuilder.cli import _unexpected, main
from casebuilder.language import speaker
from tests.sheetedit import set_cell

ROOT = Path(__file__).parent.parent


def test_a_build_tells_a_line_a_paper_a_sum_and_what_to_do_next(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["build", "--mappe", str(folder)]) == 0
    told = capsys.readouterr().out.splitlines()
    assert told == [
        " 12/26  skrevet: output/STYRET-2026-01/"
        "Sak 12-26 Veien videre for det regionale samarbeidet på Østlandet.docx",
        " 13/26  skrevet: output/STYRET-2026-01/"
        "Sak 13-26 Arbeidsprogram for 2026 og ramme for et forprosjekt om samordning.docx",
        " 14/26  skrevet: output/STYRET-2026-01/Sak 14-26 Medlemstall og møteplan for 2026.docx",
        "",
        "Skrevet: 3. Flettet: 0. Uten nytt: 0. Ikke rørt: 0. Holdt tilbake: 0.",
        "Feil: 0. Advarsler: 0.",
        "Åpne papirene i mappen output og les dem gjennom før de sendes ut.",
    ]


def test_problems_are_grouped_by_file_with_cell_found_and_expected(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cell = set_cell(folder, "saker", "STYRET-2026-014", "Sakstype", "RX")
    assert main(["check", "--mappe", str(folder)]) == 1
    told = capsys.readouterr().out
    assert f"\nsources/saker.xlsx\n  FEIL  saker!{cell}: «RX» er ikke en av verdiene for «Sakstype»." in told
    assert "Rett feilene på stedene som er nevnt over" in told


def test_english_is_a_setting_away(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--lang", "en", "--mappe", str(folder)]) == 0
    assert "Everything is in order." in capsys.readouterr().out


def test_a_folder_without_sources_is_told_in_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["build", "--mappe", str(tmp_path)]) == 3
    told = capsys.readouterr()
    assert told.err == (
        f"Det finnes ingen mappe «sources» i {tmp_path}. Kjør kommandoen i sekretariatets mappe.\n"
    )


@pytest.mark.parametrize(("language", "word"), [("nb", "bruk:"), ("en", "usage:")])
def test_help_speaks_the_chosen_language(language: str, word: str) -> None:
    told = program("build", "--help", "--lang", language)
    assert (told.returncode, told.stdout.split()[0]) == (0, word)


def test_an_unknown_command_is_told_and_is_exit_code_2() -> None:
    told = program("bild")
    assert (told.returncode, "'bild' er ikke et gyldig valg" in told.stderr) == (2, True)


def test_help_loads_neither_word_nor_excel_nor_pandoc() -> None:
    code = (
        "import sys, casebuilder.cli as cli\n"
        "try: cli.main(['--help'])\n"
        "except SystemExit: pass\n"
        "print(sorted({'docx', 'docxtpl', 'openpyxl', 'pypandoc', 'jinja2', 'babel'} & set(sys.modules)))"
    )
    told = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT, encoding="utf-8"
    )
    assert told.stdout.splitlines()[-1] == "[]"


def test_a_console_without_norwegian_letters_does_not_stop_the_work(folder: Path) -> None:
    told = program("check", "--mappe", str(folder), PYTHONIOENCODING="ascii")
    assert (told.returncode, "Traceback" in told.stderr) == (0, False)


def test_a_fault_of_the_program_itself_is_a_sentence_and_a_file(tmp_path: Path) -> None:
    code = (
        "import casebuilder.cli as cli, casebuilder.language as language\n"
        "import sys; sys.excepthook = cli._unexpected(language.speaker('nb'))\n"
        "raise ZeroDivisionError"
    )
    environment = {**os.environ, "TMPDIR": str(tmp_path), "PYTHONIOENCODING": "utf-8"}
    told = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env=environment,
        encoding="utf-8",
    )
    (kept,) = tmp_path.glob("casebuilder-*.txt")
    assert (told.returncode, "Traceback" in told.stderr, str(kept) in told.stderr) == (1, False, True)
    assert "ZeroDivisionError" in kept.read_text(encoding="utf-8")


def program(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "casebuilder", *arguments],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env={**os.environ, "PYTHONIOENCODING": "utf-8", **environment},
        encoding="utf-8",
    )


def test_init_makes_a_folder_that_builds_at_once_and_never_overwrites(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "Nytt sekretariat æøå"
    assert main(["init", str(folder)]) == 0
    assert "laget: sources/medlemmer.xlsx" in capsys.readouterr().out
    assert main(["build", "--mappe", str(folder)]) == 0
    assert "Feil: 0. Advarsler: 0." in capsys.readouterr().out
    (folder / "LESMEG.txt").write_text("Vårt eget.", encoding="utf-8")
    (folder / "templates" / "saksfremstilling.docx").unlink()
    assert main(["init", str(folder)]) == 0
    told = capsys.readouterr().out
    assert "fantes fra før, ikke rørt: LESMEG.txt" in told
    assert "laget: templates/saksfremstilling.docx" in told
    assert (folder / "LESMEG.txt").read_text(encoding="utf-8") == "Vårt eget."


def test_init_where_nothing_may_be_written_is_told_in_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "fil").write_text("ikke en mappe", encoding="utf-8")
    assert main(["init", str(tmp_path / "fil")]) == 3
    assert "Velg en mappe der du har skrivetilgang." in capsys.readouterr().err


@pytest.mark.parametrize(
    ("fault", "told"), [(KeyboardInterrupt, "Avbrutt. Ingen fil er halvskrevet.\n"), (BrokenPipeError, "")]
)
def test_who_stops_the_program_gets_no_file_of_faults(
    fault: type[BaseException], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    _unexpected(speaker("nb"))(fault, fault(), None)
    assert capsys.readouterr().err == told


# -- papers that are changed by hand and made again ---------------------------------------------------

CASE = "STYRET-2026-014"


def cb(folder: Path, *arguments: str) -> int:
    """Run a command in a secretariat's folder."""
    command, *more = arguments
    return main([command, "--mappe", str(folder), *more])


def paper(folder: Path) -> Path:
    return folder / "output" / "STYRET-2026-01" / "Sak 14-26 Medlemstall og møteplan for 2026.docx"


def edited(folder: Path) -> bytes:
    """Build a paper, change it by hand and change its officer in the sheet; return her file."""
    cb(folder, "build", CASE)
    document = Document(str(paper(folder)))
    document.paragraphs[-3].add_run(" Et ord til.")
    document.save(str(paper(folder)))
    set_cell(folder, "saker", CASE, "Saksbehandler", "Nina Ny")
    return paper(folder).read_bytes()


def test_a_diff_tells_each_piece_of_news_with_its_cell_and_writes_nothing(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = edited(folder)
    files = sorted((folder / "output").rglob("*"))
    capsys.readouterr()
    assert cb(folder, "diff", CASE) == 0
    told = capsys.readouterr().out
    assert " 14/26  endret for hånd; 1 opplysning kan oppdateres som sporede endringer" in told
    assert (
        "Kildene sier nå «Nina Ny»; før sa de «Kari Eksempel». Hentet fra saker.xlsx, ark saker, J4" in told
    )
    assert (paper(folder).read_bytes(), sorted((folder / "output").rglob("*"))) == (before, files)


def test_a_diff_can_be_written_as_a_word_file_beside_the_paper(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = edited(folder)
    capsys.readouterr()
    assert cb(folder, "diff", CASE, "--docx") == 0
    beside = paper(folder).with_name(f"{paper(folder).stem} endringer.docx")
    assert f"skrevet: output/STYRET-2026-01/{beside.name}" in capsys.readouterr().out
    assert beside.exists()
    assert paper(folder).read_bytes() == before


def test_a_merge_its_history_and_the_way_back(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    hers = edited(folder)
    capsys.readouterr()
    assert cb(folder, "build", CASE) == 0
    assert "1 opplysning oppdatert som sporede endringer" in capsys.readouterr().out
    assert cb(folder, "history", CASE) == 0
    (line,) = capsys.readouterr().out.splitlines()
    assert (line.split()[0], line.endswith("før nye opplysninger ble flettet inn")) == ("1", True)
    assert cb(folder, "restore", CASE, "1") == 0
    assert "hentet fram: output/STYRET-2026-01/" in capsys.readouterr().out
    assert paper(folder).read_bytes() == hers


def test_two_versions_can_be_compared(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edited(folder)
    cb(folder, "build", CASE)
    capsys.readouterr()
    assert cb(folder, "diff", CASE, "--fra", "1") == 0
    assert "endringer.docx" in capsys.readouterr().out


@pytest.mark.parametrize(
    "arguments",
    [("diff", "--fra", "1"), ("diff", CASE, "STYRET-2026-013", "--fra", "1"), ("diff", CASE, "--til", "1")],
)
def test_versions_that_are_not_named_fully_are_told(
    folder: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]
) -> None:
    assert cb(folder, *arguments) == 2
    assert capsys.readouterr().err.strip().endswith(".")


@pytest.mark.parametrize("command", ["history", "restore"])
def test_a_case_without_a_paper_is_told_with_the_one_that_was_meant(
    folder: Path, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    cb(folder, "build", CASE)
    capsys.readouterr()
    assert cb(folder, command, "STYRET-2026-0014") == 1
    assert f"Mente du «{CASE}»?" in capsys.readouterr().out


def test_a_sent_paper_gets_a_new_version_only_when_asked_for(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cb(folder, "build", CASE)
    sent = paper(folder).read_bytes()
    set_cell(folder, "saker", CASE, "Status", "utsendt")
    set_cell(folder, "saker", CASE, "Saksbehandler", "Nina Ny")
    capsys.readouterr()
    assert cb(folder, "build", CASE) == 0
    assert "utsendt, og lages derfor ikke på nytt" in capsys.readouterr().out
    assert cb(folder, "build", CASE, "--ny-versjon") == 0
    assert "(versjon 2).docx" in capsys.readouterr().out
    assert paper(folder).read_bytes() == sent
