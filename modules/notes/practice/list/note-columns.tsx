import type { NoteRow } from '#contract/notes'
import type { Column } from '#platform/ui/data-table.tsx'
import { DateText } from '#platform/ui/date-text.tsx'
import { type Formats, MISSING } from '#platform/ui/formats.ts'
import type { Translate } from '#platform/ui/messages.tsx'
import { KindBadge, MaskedMark, nameOf, SignatureBadge } from '../note-words.tsx'

export function columnsFor(t: Translate, formats: Formats): Column<NoteRow>[] {
  return [
    {
      id: 'name',
      header: t('notes.note'),
      width: 240,
      grow: true,
      cell: (note) => (
        <span className="block min-w-0 leading-tight">
          <span dir="auto" className="block truncate font-medium">
            {nameOf(t, note, formats)}
          </span>
          <span className="block truncate text-12 text-ink-muted">
            {note.masked ? (
              <MaskedMark />
            ) : note.title && note.patient ? (
              note.patient.name
            ) : (
              t('notes.saved.on', { at: formats.dayTime(note.savedAt) })
            )}
          </span>
        </span>
      ),
    },
    {
      id: 'heldOn',
      header: t('notes.held-on'),
      width: 112,
      cell: (note) => <DateText value={note.heldOn} />,
    },
    {
      id: 'kind',
      header: t('notes.kind'),
      width: 148,
      importance: 2,
      cell: (note) => <KindBadge kind={note.kind} />,
    },
    {
      id: 'signature',
      header: t('notes.signature'),
      width: 128,
      card: 'aside',
      cell: (note) =>
        note.kind === 'personal' && !note.trashedAt ? (
          <span className="text-ink-muted">{MISSING}</span>
        ) : (
          <SignatureBadge note={note} />
        ),
    },
  ]
}
