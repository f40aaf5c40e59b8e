import { useMessages } from '#platform/ui/messages.tsx'
import { Value } from '../results/value.tsx'

/** What stood for `$1` and those after it. */
export function ParametersShown({ values }: { values: readonly (string | null)[] }) {
  const t = useMessages()
  if (values.length === 0) return null
  return (
    <dl aria-label={t('sql.parameters')} className="mt-3 flex flex-col gap-1 text-13">
      {values.map((value, index) => (
        <div key={index} className="flex gap-3">
          <dt className="w-8 shrink-0 font-mono text-ink-muted">{`$${index + 1}`}</dt>
          <dd className="min-w-0 wrap-anywhere">
            <Value value={value} />
          </dd>
        </div>
      ))}
    </dl>
  )
}
