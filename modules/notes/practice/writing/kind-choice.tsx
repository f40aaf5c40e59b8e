import type { NoteKind } from '#contract/notes'
import { cx } from '#platform/ui/cx.ts'
import { useMessages } from '#platform/ui/messages.tsx'

const kinds = ['record', 'personal'] as const satisfies readonly NoteKind[]

/** Chosen once, before anything is saved: what is part of a record does not become personal, nor the other way round. */
export function KindChoice({ kind, onChange }: { kind: NoteKind; onChange: (kind: NoteKind) => void }) {
  const t = useMessages()
  return (
    <fieldset className="grid gap-2 sm:grid-cols-2">
      <legend className="sr-only">{t('notes.kind')}</legend>
      {kinds.map((one) => (
        // The words of its kind are its label's text.
        // oxlint-disable-next-line jsx-a11y/label-has-associated-control
        <label
          key={one}
          className={cx(
            'flex cursor-pointer gap-2.5 rounded-card border px-3 py-2.5 text-13',
            one === 'personal' ? 'bg-paper text-on-paper' : 'bg-surface',
            one === kind ? 'border-accent outline-1 -outline-offset-1 outline-accent' : 'border-line-strong',
          )}
        >
          <input
            type="radio"
            name="kind"
            value={one}
            checked={one === kind}
            onChange={() => onChange(one)}
            className="mt-0.5 size-4 shrink-0 accent-accent"
          />
          <span className="min-w-0">
            <span className="block font-medium">{t(`notes.kind.${one}`)}</span>
            <span className={cx('block text-12', one === 'record' && 'text-ink-muted')}>
              {t(`notes.kind.${one}.help`)}
            </span>
          </span>
        </label>
      ))}
    </fieldset>
  )
}
