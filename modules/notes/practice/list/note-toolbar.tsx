import { Trash2 } from 'lucide-react'
import { getNoteBeginning, type NoteKind } from '#contract/notes'
import { Button } from '#platform/ui/button.tsx'
import { Chip, FilterMenu } from '#platform/ui/chip.tsx'
import { cx } from '#platform/ui/cx.ts'
import { useEndpoint } from '#platform/ui/data.ts'
import { MISSING } from '#platform/ui/formats.ts'
import { SearchInput } from '#platform/ui/input.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { useSettledText } from '#platform/ui/settled-text.ts'
import { askedBy, type NoteFilters, signatureOf, type Signature, signatures } from './note-filters.ts'

type ToolbarProps = {
  filters: NoteFilters
  change: (change: Partial<NoteFilters>, options?: { replace?: boolean }) => void
}

const kinds = ['record', 'personal'] as const satisfies readonly NoteKind[]

export function NoteToolbar({ filters, change }: ToolbarProps) {
  const t = useMessages()
  const [text, setText] = useSettledText(filters.q ?? '', (q) =>
    change({ q: q === '' ? undefined : q }, { replace: true }),
  )
  const signature = signatureOf(filters)
  const { kind, patientId, trash } = filters
  return (
    <>
      <SearchInput
        label={t('notes.search')}
        placeholder={t('notes.search.placeholder')}
        value={text}
        onChange={setText}
      />
      <FilterMenu
        single
        label={t('notes.kind')}
        options={kinds.map((value) => ({ value, label: t(`notes.kind.${value}`) }))}
        value={kind ? [kind] : []}
        onChange={([chosen]) => change({ kind: chosen })}
      />
      <FilterMenu<Signature>
        single
        label={t('notes.signature')}
        options={signatures.map((value) => ({ value, label: t(`notes.signature.${value}`) }))}
        value={signature ? [signature] : []}
        onChange={([chosen]) => change(askedBy(chosen))}
      />
      <Button
        icon={Trash2}
        aria-pressed={trash === 'in'}
        className={cx(trash && 'border-accent! bg-accent-soft! text-accent-ink!')}
        onClick={() => change({ trash: trash ? undefined : 'in' })}
      >
        {t('notes.trash')}
      </Button>
      {patientId && <PatientChip id={patientId} onRemove={() => change({ patientId: undefined })} />}
      {kind && (
        <Chip
          label={t('notes.kind')}
          value={t(`notes.kind.${kind}`)}
          onRemove={() => change({ kind: undefined })}
        />
      )}
      {signature && (
        <Chip
          label={t('notes.signature')}
          value={t(`notes.signature.${signature}`)}
          onRemove={() => change(askedBy(undefined))}
        />
      )}
    </>
  )
}

function PatientChip({ id, onRemove }: { id: string; onRemove: () => void }) {
  const t = useMessages()
  const { data } = useEndpoint(getNoteBeginning, { query: { patientId: id } })
  return <Chip label={t('notes.patient')} value={data?.patient?.name ?? MISSING} onRemove={onRemove} />
}
