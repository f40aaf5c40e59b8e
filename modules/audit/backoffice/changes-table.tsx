import type { WholeAuditEntry } from '#contract/audit'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { type Change, changesIn } from './changes.ts'
import { fieldInWords, valueInWords } from './field-words.ts'

/** Before and after, field by field; what stayed the same is folded away. */
export function ChangesTable({ entry }: { entry: WholeAuditEntry }) {
  const t = useMessages()
  const formats = useFormats()
  const changes = changesIn(entry)
  const same = changes.filter(({ changed }) => !changed)
  return (
    <section className="mt-5">
      <h3 className="mb-1 text-13 font-semibold">{t('audit.entry.changes')}</h3>
      {changes.length === 0 && <p className="text-13 text-ink-muted">{t('audit.entry.nothing')}</p>}
      {changes.length > same.length && <Rows changes={changes.filter(({ changed }) => changed)} />}
      {same.length > 0 && (
        <details className="mt-2 text-13">
          <summary className="cursor-pointer rounded-small text-ink-muted">
            {t('audit.entry.unchanged', { count: same.length, shown: formats.integer(same.length) })}
          </summary>
          <Rows changes={same} />
        </details>
      )}
    </section>
  )
}

function Rows({ changes }: { changes: readonly Change[] }) {
  const t = useMessages()
  const heading = 'py-1.5 pr-3 text-left text-12 font-medium text-ink-muted'
  const cell = 'py-1.5 pr-3 align-top break-words'
  return (
    <table className="w-full table-fixed border-collapse text-13">
      <thead>
        <tr className="border-b border-line">
          <th className={heading}>{t('audit.entry.field')}</th>
          <th className={heading}>{t('audit.entry.before')}</th>
          <th className={heading}>{t('audit.entry.after')}</th>
        </tr>
      </thead>
      <tbody>
        {changes.map(({ path, before, after }) => (
          <tr key={path} className="border-b border-line last:border-b-0">
            <th scope="row" className={`${cell} text-left font-regular text-ink-muted`}>
              {fieldInWords(path, t)}
            </th>
            <td className={cell}>
              <Value path={path} value={before} />
            </td>
            <td className={`${cell} font-medium`}>
              <Value path={path} value={after} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** More than this in a list is counted, and shown when asked for. */
const FEW = 3

function Value({ path, value }: { path: string; value: unknown }) {
  const t = useMessages()
  const formats = useFormats()
  if (!Array.isArray(value) || value.length <= FEW) return valueInWords(path, value, t, formats)
  return (
    <details>
      <summary className="cursor-pointer rounded-small">
        {t('audit.value.many', { count: value.length, shown: formats.integer(value.length) })}
      </summary>
      <pre className="mt-1 max-h-60 overflow-auto text-12 whitespace-pre-wrap">
        {value.map((one) => valueInWords(path, one, t, formats)).join('\n')}
      </pre>
    </details>
  )
}
