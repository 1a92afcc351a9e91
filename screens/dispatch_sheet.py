"""The sheet of a meeting as something that can be exported from its page."""

from __future__ import annotations

from pathlib import Path

from screens.exporting import PAPER_ENDINGS, Done, Export, Told
from screens.widgets.columns import Record
from supervise.services.session import Session


def sheet(meeting: Record) -> Export:
    """Give a meeting's agenda and decisions as a paper; of one not held, what is proposed."""
    from supervise.reports.papers import file_stem

    which = str(meeting["id"] or meeting["tier"])
    day = meeting["held_on"] or meeting["due_on"]
    stem = file_stem(f"调度议题_{meeting['tier']}_{day}")

    def make(session: Session, path: Path, ending: str, force: bool, told: Told) -> Done:
        from supervise.reports.document import count_missing
        from supervise.reports.export import export, write_file
        from supervise.reports.meeting import meeting_document
        from supervise.reports.saving import is_folder
        from supervise.services import dispatch_agenda
        from supervise.services.paper_facts.office import office

        record, agenda = dispatch_agenda.sheet(session, which)
        document = meeting_document(record, agenda, office(session))
        target = path / f"{stem}{ending}" if is_folder(path) else path
        data = export(document, target, {**record, "agenda": agenda})
        write_file(target, data, force=force)
        told(1, 1)
        return Done((target,), 1, count_missing(document))

    about = f"{day} {meeting['tier']}　议题、拟列议题和议定事项"
    return Export("调度议题和议定事项", about, stem, PAPER_ENDINGS, make, "份")
