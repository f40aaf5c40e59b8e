import type { ReactNode } from 'react'
import { Card } from './card.tsx'
import { Skeleton } from './skeleton.tsx'

type ChartCardProps = { title: string; actions?: ReactNode; children: ReactNode }

export function ChartCard({ title, actions, children }: ChartCardProps) {
  return (
    <Card title={title} actions={actions}>
      {children}
    </Card>
  )
}

/** The heights of what a chart's card holds: its legend, and the plot or table of the same height. */
export const plotHeight = 'h-62 in-data-meeting:h-[34vh]'

/** A chart that is coming, at its true height. */
export function ChartSkeleton() {
  return (
    <div aria-hidden className="rounded-card border border-line bg-surface">
      <div className="flex min-h-11 items-center px-4 pt-2">
        <Skeleton width={160} height={14} />
      </div>
      <div className="px-4 pb-4">
        <div className="flex h-7 items-center">
          <Skeleton width={220} />
        </div>
        <div className={`flex items-end gap-6 ${plotHeight}`}>
          {[52, 64, 58, 76, 70, 84].map((share) => (
            <div key={share} className="skeleton flex-1" style={{ height: `${share}%` }} />
          ))}
        </div>
      </div>
    </div>
  )
}
