import { useState } from 'react'
import { objectTimeline } from '#backoffice/audit'
import { Skeleton } from '#platform/ui/skeleton.tsx'
import { Wanted } from '#platform/ui/part.tsx'

/** What was done to this colleague, as the log tells it. */
export function LogCard({ staffId }: { staffId: string }) {
  const [failed, setFailed] = useState(false)
  return (
    <Wanted
      part={objectTimeline}
      when={!failed}
      give={{ objectType: 'staff_member', objectId: staffId }}
      otherwise={failed ? null : <Skeleton width="100%" height={160} />}
      onFailed={() => setFailed(true)}
    />
  )
}
