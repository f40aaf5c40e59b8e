import { useMessages } from '#platform/ui/messages.tsx'
import { Skeleton } from '#platform/ui/skeleton.tsx'

/** A page whose code is on its way. */
export function PageSkeleton() {
  const t = useMessages()
  return (
    <div>
      <output className="sr-only">{t('shell.loading')}</output>
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

/** The whole screen, while the server says who is there. */
export function ShellSkeleton() {
  return (
    <div className="min-h-dvh md:pl-56">
      <div className="fixed inset-y-0 left-0 w-56 border-r border-line bg-sunken max-md:hidden" />
      <div className="h-12 border-b border-line" />
      <div className="p-gutter">
        <PageSkeleton />
      </div>
    </div>
  )
}
