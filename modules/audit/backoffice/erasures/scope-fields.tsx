import { useState } from 'react'
import { type ErasureKind, erasureKinds, type ErasureScope } from '#contract/audit'
import { Combobox } from '#platform/ui/combobox.tsx'
import { Field } from '#platform/ui/field.tsx'
import { Input } from '#platform/ui/input.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { useFound, useRecordSource } from '#platform/ui/record-sources.tsx'
import { Select } from '#platform/ui/select.tsx'
import { knownObjects, objectInWords } from '../words.ts'

export type ScopeDraft = {
  kind: ErasureKind
  /** By age: how old, and so before which instant. */
  months: number
  objectType: string
  id: string
  /** What the chosen one is called. */
  name?: string | undefined
}

export const emptyScope: ScopeDraft = { kind: 'age', months: 24, objectType: 'client', id: '' }

/** @returns what would be asked for; null while something is missing */
export function scopeOf({ kind, months, objectType, id }: ScopeDraft): ErasureScope | null {
  if (kind === 'age') return { kind, before: monthsAgo(months) }
  if (id.trim() === '') return null
  return kind === 'object' ? { kind, objectType, objectId: id.trim() } : { kind, actorId: id.trim() }
}

/** The first instant of that day, so that the preview and the erasure mean the same. */
function monthsAgo(months: number): string {
  const day = new Date()
  day.setUTCHours(0, 0, 0, 0)
  day.setUTCMonth(day.getUTCMonth() - months)
  return day.toISOString()
}

type ScopeFieldsProps = { draft: ScopeDraft; onChange: (draft: ScopeDraft) => void }

export function ScopeFields({ draft, onChange }: ScopeFieldsProps) {
  const t = useMessages()
  const formats = useFormats()
  const { kind, months, objectType } = draft
  return (
    <>
      <Field label={t('audit.erasures.kind')}>
        <Select
          options={erasureKinds.map((one) => ({ value: one, label: t(`audit.erasures.kind.${one}`) }))}
          value={kind}
          onChange={(chosen) => onChange({ ...emptyScope, kind: chosen })}
        />
      </Field>
      {kind === 'age' && (
        <Field
          label={t('audit.erasures.older')}
          help={t('audit.erasures.older.help', { day: formats.day(monthsAgo(months)) })}
        >
          <Select
            options={[6, 12, 24, 36, 60].map((count) => ({
              value: String(count),
              label: t('audit.retention.months', { count, years: count / 12 }),
            }))}
            value={String(months)}
            onChange={(chosen) => onChange({ ...draft, months: Number(chosen) })}
          />
        </Field>
      )}
      {kind === 'object' && (
        <Field label={t('audit.object')}>
          <Select
            options={knownObjects.map((type) => ({ value: type as string, label: objectInWords(type, t) }))}
            value={objectType}
            onChange={(chosen) => onChange({ ...draft, objectType: chosen, id: '', name: undefined })}
          />
        </Field>
      )}
      {kind !== 'age' && (
        <Chosen
          key={`${kind} ${objectType}`}
          objectType={kind === 'person' ? 'staff_member' : objectType}
          draft={draft}
          onChange={onChange}
        />
      )}
    </>
  )
}

/** By name where such objects can be found, else by identifier. */
function Chosen({ objectType, draft, onChange }: ScopeFieldsProps & { objectType: string }) {
  const t = useMessages()
  const source = useRecordSource(objectType)
  const [text, setText] = useState('')
  const found = useFound(source, text) ?? []
  const label = t(draft.kind === 'person' ? 'audit.person' : 'audit.which')
  if (!source)
    return (
      <Field label={t('audit.filters.object')}>
        <Input
          value={draft.id}
          onChange={(id) => onChange({ ...draft, id })}
          autoComplete="off"
          spellCheck={false}
        />
      </Field>
    )
  const options = found.map(({ id, title, detail }) => ({
    value: id,
    label: detail ? `${title} · ${detail}` : title,
  }))
  const kept = draft.id !== '' && !found.some(({ id }) => id === draft.id)
  return (
    <Field label={label} help={t('audit.find.type')}>
      <Combobox
        options={kept ? [{ value: draft.id, label: draft.name ?? draft.id }, ...options] : options}
        value={draft.id === '' ? null : draft.id}
        onQuery={setText}
        placeholder={t('audit.find.person')}
        onChange={(id) =>
          onChange({ ...draft, id: id ?? '', name: found.find((one) => one.id === id)?.title })
        }
      />
    </Field>
  )
}
