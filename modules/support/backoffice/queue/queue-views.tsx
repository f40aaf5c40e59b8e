import { savedViews, type SavedViewsProps } from '#backoffice/clients'
import { Wanted } from '#platform/ui/part.tsx'
import { Skeleton } from '#platform/ui/skeleton.tsx'
import { useState } from 'react'
import type { QueueAddress } from '../addresses.ts'

/** One's own views beside the queues: queue, filters and order under a name, and the link that shows them to a colleague. */
export function QueueViews({ shown }: { shown: QueueAddress }) {
  const [failed, setFailed] = useState(false)
  // Each word of a queue's address is one value.
  const query = Object.fromEntries(
    Object.entries(shown).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
  )
  const give: SavedViewsProps = { page: 'tickets', address: '/tickets', query }
  return (
    <Wanted
      part={savedViews}
      when={!failed}
      give={give}
      otherwise={failed ? null : <Skeleton width={96} height={32} />}
      onFailed={() => setFailed(true)}
    />
  )
}
