import { Skeleton } from '#platform/ui/skeleton.tsx'

/** The cards of a client at about their true size. */
export function ClientSkeleton() {
  return (
    <div aria-hidden className="grid grid-cols-1 items-start gap-4 lg:grid-cols-[minmax(0,1fr)_22rem]">
      <div className="flex flex-col gap-4">
        <Block lines={2} />
        <Block lines={5} />
        <Block lines={6} />
      </div>
      <div className="flex flex-col gap-4 max-lg:order-first">
        <Block lines={4} />
        <Block lines={4} />
      </div>
    </div>
  )
}

function Block({ lines }: { lines: number }) {
  return (
    <div className="flex flex-col gap-4 rounded-card border border-line bg-surface p-4">
      <Skeleton width={120} height={14} />
      {Array.from({ length: lines }, (_, index) => (
        <Skeleton key={index} width={`${90 - ((index * 17) % 40)}%`} />
      ))}
    </div>
  )
}
