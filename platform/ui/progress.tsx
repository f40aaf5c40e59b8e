import { Progress as Base } from '@base-ui/react/progress'
import { useFormats } from './messages.tsx'

type ProgressProps = {
  label: string
  done: number
  /** Not known yet: the bar then only says that something is under way. */
  total: number | null
}

export function Progress({ label, done, total }: ProgressProps) {
  const formats = useFormats()
  const share = total ? Math.min(1, done / total) : 0
  return (
    <Base.Root value={total === null ? null : Math.round(share * 100)} className="w-full">
      <div className="mb-1 flex items-baseline justify-between gap-2 text-12">
        <Base.Label className="truncate">{label}</Base.Label>
        {total !== null && <span className="text-ink-muted tabular-nums">{formats.percent(share)}</span>}
      </div>
      <Base.Track className="block h-1.5 overflow-hidden rounded-full bg-pressed">
        <Base.Indicator className="block h-full rounded-full bg-accent transition-all data-indeterminate:w-1/3 data-indeterminate:animate-pulse" />
      </Base.Track>
    </Base.Root>
  )
}
