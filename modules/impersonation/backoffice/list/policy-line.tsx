import { SlidersHorizontal } from 'lucide-react'
import { useState } from 'react'
import { getImpersonationPolicy } from '#contract/impersonation'
import { Button } from '#platform/ui/button.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { useMessages } from '#platform/ui/messages.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { PolicyDialog } from './policy-dialog.tsx'

/** The rule that holds for every practice, in words; changed in place by who may. */
export function PolicyLine() {
  const t = useMessages()
  const may = useMay()
  const { data } = useEndpoint(getImpersonationPolicy)
  const [open, setOpen] = useState(false)
  if (!data) return null
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-13">
      <p className="min-w-0 text-ink-muted">
        <span className="font-medium text-ink">
          {t('impersonation.policy.is', { policy: t(`impersonation.policy.${data.policy}`) })}
        </span>{' '}
        {t(`impersonation.policy.${data.policy}.help`)}
      </p>
      {may('impersonation.policy') && (
        <Button size="small" variant="ghost" icon={SlidersHorizontal} onClick={() => setOpen(true)}>
          {t('impersonation.policy.change')}
        </Button>
      )}
      {open && <PolicyDialog known={data} onClose={() => setOpen(false)} />}
    </div>
  )
}
