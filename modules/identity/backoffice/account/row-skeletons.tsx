import { Skeleton } from '#platform/ui/skeleton.tsx'

export function RowSkeletons() {
  return (
    <div className="flex flex-col gap-5 py-2">
      {[60, 75, 50].map((width) => (
        <Skeleton key={width} width={`${width}%`} />
      ))}
    </div>
  )
}
