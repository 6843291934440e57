"""Note about a record that was opened by mistake (per abuis): the mark `pa`, initials and date.

The HIS gets the same words as a journal line; the log line itself is never changed.
"""

from mappings.records.base import AuthorIdentifier, Day, Flag, LogicalId, Record
from mappings.records.log_entry import Initials, LogInstant
from mappings.records.parties import StaffKey


class PerAbuisNote(Record):
    """`date` is the day of the mistake; `line` the AuditEvent of that opening."""

    identifier: AuthorIdentifier
    patient: LogicalId
    line: LogicalId
    by: StaffKey
    initials: Initials
    date: Day
    noted_at: LogInstant
    synthetic: Flag = False
