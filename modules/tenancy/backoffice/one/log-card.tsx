import { useState } from 'react'
import { objectTimeline } from '#backoffice/audit'
import { Wanted } from '#platform/ui/part.tsx'
import { Skeleton } from '#platform/ui/skeleton.tsx'

/** What was done to this tenant, as the log tells it. */
export function LogCard({ tenantId }: { tenantId: string }) {
  const [failed, setFailed] = useState(false)
  return (
    <Wanted
      part={objectTimeline}
      when={!failed}
      give={{ objectType: 'tenant', objectId: tenantId }}
      otherwise={failed ? null : <Skeleton width="100%" height={160} />}
      onFailed={() => setFailed(true)}
    />
  )
}
