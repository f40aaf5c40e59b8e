import { Skeleton } from '#platform/ui/skeleton.tsx'

/** What all that is filtered comes to: always in sight, above the rows. */
export function SumLine({
  label,
  count,
  sum,
}: {
  label: string
  count: string | undefined
  sum: string | undefined
}) {
  return (
    <output aria-label={label} className="mb-3 flex flex-wrap items-baseline gap-x-2 text-13 text-ink-muted">
      {sum === undefined ? (
        <Skeleton width={220} />
      ) : (
        <>
          <span className="text-16 font-semibold text-ink tabular-nums">{sum}</span>
          <span className="tabular-nums">{count}</span>
        </>
      )}
    </output>
  )
}
