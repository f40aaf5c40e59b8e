import { Skeleton } from '#platform/ui/skeleton.tsx'

/** The grid before its figures came, at the height it will have. */
export function MatrixSkeleton() {
  return (
    <div aria-hidden className="overflow-hidden rounded-card border border-line bg-surface">
      <div className="flex h-26 items-end gap-8 border-b border-line px-3 pb-3">
        <Skeleton width={280} />
        {[64, 72, 56, 64, 72, 56].map((width, column) => (
          <Skeleton key={column} width={width} height={32} />
        ))}
      </div>
      {[70, 54, 62, 48, 66, 58, 50, 64].map((width, row) => (
        <div key={row} className="flex h-12 items-center border-b border-line px-3 last:border-b-0">
          <Skeleton width={`${width / 3}%`} />
        </div>
      ))}
    </div>
  )
}
