/** One's own notes: nobody else's are anywhere on it. */
import { NotebookPen, Plus, SearchX, Trash2 } from 'lucide-react'
import { listNotes } from '#contract/notes'
import { Button } from '#platform/ui/button.tsx'
import { usePages } from '#platform/ui/data.ts'
import { DataTable } from '#platform/ui/data-table.tsx'
import { ButtonLink } from '#platform/ui/link.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { PageHeader } from '#platform/ui/page-header.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { EmptyState } from '#platform/ui/states.tsx'
import { newNoteTo, noteTo } from '../addresses.ts'
import { UnsavedCard } from '../device/unsaved-card.tsx'
import { nameOf } from '../note-words.tsx'
import { useNoteActs } from '../note-acts.tsx'
import { columnsFor } from './note-columns.tsx'
import { type NoteFilters, useNoteFilters } from './note-filters.ts'
import { NoteToolbar } from './note-toolbar.tsx'
import { UnnotedSessions } from './unnoted-sessions.tsx'

export function NotesPage() {
  const t = useMessages()
  const formats = useFormats()
  const may = useMay()
  const acts = useNoteActs()
  const [filters, change] = useNoteFilters()
  const list = usePages(listNotes, { query: filters })
  const { trash, ...others } = filters
  const isFiltered = Object.values(others).some((value) => value !== undefined)
  return (
    <>
      <PageHeader
        title={t(trash ? 'notes.trash' : 'notes.title')}
        count={<output>{list.total !== undefined && t('notes.count', { count: list.total })}</output>}
        primary={
          may('notes.write') && (
            <ButtonLink
              to={newNoteTo({ ...(filters.patientId && { patient: filters.patientId }) })}
              icon={Plus}
              variant="primary"
            >
              {t('notes.new')}
            </ButtonLink>
          )
        }
      />
      {!isFiltered && !trash && (
        <div className="mb-4 flex flex-col gap-3 empty:hidden">
          <UnsavedCard />
          <UnnotedSessions />
        </div>
      )}
      <DataTable
        id="notes"
        label={t('notes.title')}
        columns={columnsFor(t, formats)}
        lines={2}
        rows={list.rows}
        rowId={(note) => note.id}
        rowLabel={(note) => nameOf(t, note, formats)}
        rowTo={(note) => noteTo(note.id)}
        rowActions={(note) => acts.of(note)}
        stale={list.stale}
        error={list.error}
        retry={list.retry}
        more={list.more}
        toolbar={<NoteToolbar filters={filters} change={change} />}
        empty={<Empty filters={filters} isFiltered={isFiltered} onClear={() => change(cleared)} />}
      />
      {acts.dialog}
    </>
  )
}

const cleared: NoteFilters = {
  q: undefined,
  patientId: undefined,
  kind: undefined,
  state: undefined,
  unsignedDays: undefined,
}

type EmptyProps = { filters: NoteFilters; isFiltered: boolean; onClear: () => void }

function Empty({ filters, isFiltered, onClear }: EmptyProps) {
  const t = useMessages()
  const may = useMay()
  if (isFiltered)
    return (
      <EmptyState
        icon={SearchX}
        title={t('notes.empty.filtered')}
        action={<Button onClick={onClear}>{t('notes.filters.clear')}</Button>}
      >
        <p>{t(filters.q ? 'notes.empty.search.help' : 'notes.empty.filtered.help')}</p>
        {filters.q && !may('notes.write') && <p>{t('notes.masked.search')}</p>}
      </EmptyState>
    )
  if (filters.trash)
    return (
      <EmptyState icon={Trash2} title={t('notes.empty.trash')}>
        <p>{t('notes.empty.trash.help')}</p>
      </EmptyState>
    )
  return (
    <EmptyState
      icon={NotebookPen}
      title={t('notes.empty')}
      action={
        may('notes.write') && (
          <ButtonLink to={newNoteTo()} icon={Plus}>
            {t('notes.new')}
          </ButtonLink>
        )
      }
    >
      <p>{t('notes.empty.help')}</p>
    </EmptyState>
  )
}
