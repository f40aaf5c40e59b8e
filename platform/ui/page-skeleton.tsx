import { useMessages } from './messages.tsx'
import { Skeleton } from './skeleton.tsx'

/** A page whose code is on its way. */
export function PageSkeleton() {
  const t = useMessages()
  return (
    <div>
      <output className="sr-only">{t('ui.loading')}</output>
      <div className="mb-6 flex h-8 items-center">
        <Skeleton width={180} height={20} />
      </div>
      <div className="flex flex-col gap-5">
        {[88, 72, 94, 66, 80, 90, 70].map((share) => (
          <Skeleton key={share} width={`${share}%`} />
        ))}
      </div>
    </div>
  )
}
