/** Before and after, field by field; what stayed the same is folded away. */
import type { WholeAuditEntry } from '#contract/audit'
import { cx } from '#platform/ui/cx.ts'
import { TextLink } from '#platform/ui/link.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { erasuresTo } from '../addresses.ts'
import { Sides } from './changed-value.tsx'
import { type Change, changesIn } from './changes.ts'
import { fieldInWords } from './field-words.ts'

export function ChangesTable({ entry }: { entry: WholeAuditEntry }) {
  const t = useMessages()
  const formats = useFormats()
  const changes = changesIn(entry)
  const same = changes.filter(({ changed }) => !changed)
  // What was made had nothing before, what is gone has nothing after: one column says it.
  const sides = entry.before === null ? 'after' : entry.after === null ? 'before' : 'both'
  return (
    <section className="mt-6">
      <h3 className="mb-2 text-14 font-semibold">{t(`audit.entry.changes.${sides}`)}</h3>
      {entry.erased ? (
        <p className="text-13 text-ink-muted">
          {t('audit.erased.payload')} <TextLink to={erasuresTo}>{t('audit.erased.certificates')}</TextLink>
        </p>
      ) : entry.damaged ? (
        <p className="text-13 text-danger-ink">{t('audit.damaged.payload')}</p>
      ) : (
        changes.length === 0 && <p className="text-13 text-ink-muted">{t('audit.entry.nothing')}</p>
      )}
      {changes.length > same.length && (
        <Rows changes={changes.filter(({ changed }) => changed)} sides={sides} />
      )}
      {same.length > 0 && (
        <details className="mt-2 text-13">
          <summary className="cursor-pointer rounded-small text-ink-muted">
            {t('audit.entry.unchanged', { count: same.length, shown: formats.integer(same.length) })}
          </summary>
          <Rows changes={same} sides="after" />
        </details>
      )}
    </section>
  )
}

type Shown = 'before' | 'after' | 'both'

/** On a narrow screen each field is a line of its own, with its two sides below. */
function Rows({ changes, sides }: { changes: readonly Change[]; sides: Shown }) {
  const t = useMessages()
  const heading = 'py-1.5 pr-3 text-left text-12 font-medium text-ink-muted'
  const cell = 'py-1.5 pr-3 align-top break-words max-sm:block max-sm:pr-0'
  return (
    <table className="w-full table-fixed border-collapse text-13 max-sm:block">
      <thead className="max-sm:sr-only">
        <tr className="border-b border-line">
          <th className={cx(heading, 'w-2/7')}>{t('audit.entry.field')}</th>
          {sides === 'both' ? (
            <>
              <th className={heading}>{t('audit.entry.before')}</th>
              <th className={heading}>{t('audit.entry.after')}</th>
            </>
          ) : (
            <th className={heading}>{t('audit.entry.value')}</th>
          )}
        </tr>
      </thead>
      <tbody className="max-sm:block">
        {changes.map((change) => (
          <tr key={change.path} className="border-b border-line last:border-b-0 max-sm:block max-sm:py-1.5">
            <th
              scope="row"
              className={cx(cell, 'text-left font-regular text-ink-muted max-sm:py-0.5 max-sm:text-12')}
            >
              {fieldInWords(change.path, t)}
            </th>
            <Sides change={change} sides={sides} className={cx(cell, 'max-sm:py-0.5')} />
          </tr>
        ))}
      </tbody>
    </table>
  )
}
