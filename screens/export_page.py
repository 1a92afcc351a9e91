"""What the key of exporting does on a page: offers its list and the papers that fit its record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from screens.copying import CopyingScreen
from screens.widgets.columns import one_line

if TYPE_CHECKING:
    from screens.exporting import Export, Fitting


class ExportingScreen(CopyingScreen):
    """A page says by `fitting` which papers fit what it shows, and by `lists` its own lists."""

    def fitting(self) -> Fitting:
        """Say for what papers can be made: each kind of subject with what names it."""
        return {}

    def lists(self) -> list[Export]:
        """Give the lists that can be saved: the one that has the focus as it is shown."""
        from screens.exporting import shown_list

        found = self.copied_from
        return [] if found is None else [shown_list(found, found.heading or self.list_title)]

    @property
    def list_title(self) -> str:
        """What a list without a title of its own is called."""
        return "清单"

    @property
    def reading_only(self) -> bool:
        """Whether the session is a leader's, from which some papers are withheld."""
        return bool(getattr(self.app, "read_only", False))

    def action_export(self) -> None:
        """Choose a paper or a list, and write it to a file."""
        from screens.exporting import distinct, papers

        found = distinct([*self.lists(), *papers(self.fitting(), reading=self.reading_only)])
        if not found:
            self.say_copied("这里没有可导出的文书和清单。", bad=True)
            return
        from screens.dialogs.export import ExportDialog

        def told(sentence: str | None) -> None:
            if sentence:
                self.say_copied(one_line(sentence))

        self.app.push_screen(ExportDialog(found), told)


def of_month(period: str, unit: str | None = None) -> Fitting:
    """Give the papers' subjects that a month stands for."""
    quarter = f"{period[:4]}-Q{(int(period[5:]) + 2) // 3}"
    month = ((period,), None)
    return {
        "period": month,
        "period+unit": ((period,), unit),
        "span": month,
        "list": month,
        "scope": month,
        "quarter": ((quarter,), None),
    }
