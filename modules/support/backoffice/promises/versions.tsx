import { Undo2 } from 'lucide-react'
import { useState } from 'react'
import { restoreSlaVersion, withdrawSlaVersion } from '#contract/support'
import type { ApiError } from '#platform/ui/api-error.ts'
import { useEndpoint } from '#platform/ui/data.ts'
import { DateText } from '#platform/ui/date-text.tsx'
import { sentenceOf } from '#platform/ui/errors.ts'
import { IconButton } from '#platform/ui/icon-button.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { notify } from '#platform/ui/toast.tsx'

type VersionsProps = {
  current: string
  versions: readonly { id: string; inForceFrom: string; by: string | null }[]
}

/** What holds, what will, and what did: nothing of it is ever changed in place. */
export function Versions({ current, versions }: VersionsProps) {
  const t = useMessages()
  const may = useMay()
  const [now] = useState(() => Date.now())
  const at = versions.findIndex(({ id }) => id === current)
  return (
    <details className="text-12 text-ink-muted">
      <summary className="w-fit cursor-pointer rounded-small py-1">
        {t('support.sla.versions', { count: versions.length })}
      </summary>
      <ul className="mt-1 flex flex-col gap-1">
        {versions.map(({ id, inForceFrom, by }, place) => (
          <li key={id} className="flex flex-wrap items-center gap-x-2">
            <span className={id === current ? 'font-medium text-ink' : ''}>
              {t(
                place < at || Date.parse(inForceFrom) > now
                  ? 'support.sla.version.later'
                  : place === at
                    ? 'support.sla.version.now'
                    : 'support.sla.version.former',
              )}
            </span>
            <DateText value={inForceFrom} show="dayTime" />
            {by && <span>{by}</span>}
            {may('sla.manage') && Date.parse(inForceFrom) > now && (
              <WithdrawButton id={id} inForceFrom={inForceFrom} />
            )}
          </li>
        ))}
      </ul>
    </details>
  )
}

/** What has not begun yet is withdrawn at once, and comes back as quickly. */
function WithdrawButton({ id, inForceFrom }: { id: string; inForceFrom: string }) {
  const t = useMessages()
  const formats = useFormats()
  const onError = (error: ApiError) => notify.failed({ title: sentenceOf(error, t) })
  const restore = useEndpoint(restoreSlaVersion, { onError })
  const withdraw = useEndpoint(withdrawSlaVersion, {
    onError,
    onSuccess: () =>
      notify.done({
        title: t('support.sla.version.withdrawn'),
        undo: () => restore.mutate({ params: { id } }),
      }),
  })
  return (
    <IconButton
      icon={Undo2}
      size="small"
      disabled={withdraw.isPending}
      label={t('support.sla.version.withdraw', { at: formats.dayTime(inForceFrom) })}
      onClick={() => withdraw.mutate({ params: { id } })}
    />
  )
}
