import { PageSkeleton } from '#platform/ui/page-skeleton.tsx'

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
