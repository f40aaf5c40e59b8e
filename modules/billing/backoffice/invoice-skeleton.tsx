import { Card } from '#platform/ui/card.tsx'
import { Skeleton } from '#platform/ui/skeleton.tsx'

/** The three parts of an invoice's page, at about their heights. */
export function InvoiceSkeleton() {
  return (
    <div aria-hidden className="flex flex-col gap-4">
      {[112, 132, 180].map((height) => (
        <Card key={height}>
          <div className="flex flex-col gap-4 overflow-hidden" style={{ height }}>
            <Skeleton width={120} height={14} />
            <Skeleton width="80%" />
            <Skeleton width="60%" />
          </div>
        </Card>
      ))}
    </div>
  )
}
