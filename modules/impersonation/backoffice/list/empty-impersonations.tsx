import { Headset, SearchX } from 'lucide-react'
import { Button } from '#platform/ui/button.tsx'
import { ButtonLink, useGo } from '#platform/ui/link.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { EmptyState } from '#platform/ui/states.tsx'
import { listTo, practicesTo } from '../addresses.ts'

/** Why nothing is listed, and what to do about it. */
export function EmptyImpersonations({ isFiltered }: { isFiltered: boolean }) {
  const t = useMessages()
  const go = useGo()
  const may = useMay()
  if (isFiltered)
    return (
      <EmptyState
        icon={SearchX}
        title={t('impersonation.empty.filtered')}
        action={<Button onClick={() => go(listTo())}>{t('impersonation.show-all')}</Button>}
      >
        <p>{t('impersonation.empty.filtered.help')}</p>
      </EmptyState>
    )
  return (
    <EmptyState
      icon={Headset}
      title={t('impersonation.empty')}
      action={
        may('impersonation.start') &&
        may('tenants.read') && <ButtonLink to={practicesTo}>{t('impersonation.empty.go')}</ButtonLink>
      }
    >
      <p>{t('impersonation.empty.help')}</p>
    </EmptyState>
  )
}
