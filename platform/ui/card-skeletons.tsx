import { Skeleton } from './skeleton.tsx'

const line = (index: number) => `${90 - ((index * 17) % 40)}%`

function CardSkeleton({ lines }: { lines: number }) {
  return (
    <div className="flex flex-col gap-4 rounded-card border border-line bg-surface p-4">
      <Skeleton width={120} height={14} />
      {Array.from({ length: lines }, (_, index) => (
        <Skeleton key={index} width={line(index)} />
      ))}
    </div>
  )
}

type CardSkeletonsProps = {
  /** Lines of each card of the wide column, and of the narrow one. */
  wide?: readonly number[]
  narrow?: readonly number[]
  /** On a telephone the narrow column comes first. */
  narrowFirst?: boolean
}

/** The cards of a record's page at about their true size. */
export function CardSkeletons({ wide = [8], narrow = [6], narrowFirst = false }: CardSkeletonsProps) {
  return (
    <div aria-hidden className="grid grid-cols-1 items-start gap-4 lg:grid-cols-[minmax(0,1fr)_22rem]">
      {[wide, narrow].map((cards, column) => (
        <div
          key={column}
          className={`flex flex-col gap-4 ${column === 1 && narrowFirst ? 'max-lg:order-first' : ''}`}
        >
          {cards.map((lines, place) => (
            <CardSkeleton key={place} lines={lines} />
          ))}
        </div>
      ))}
    </div>
  )
}
