import { FilePlus2, Scale, SearchX } from 'lucide-react'
import { Button } from '#platform/ui/button.tsx'
import { ButtonLink, useGo } from '#platform/ui/link.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { EmptyState } from '#platform/ui/states.tsx'
import { newTo, registerTo, type RequestFilters } from './addresses.ts'

type EmptyRegisterProps = { filters: RequestFilters; isFiltered: boolean }

/** Why nothing is listed, and what to do about it. */
export function EmptyRegister({ filters: { q, state, kind, late }, isFiltered }: EmptyRegisterProps) {
  const t = useMessages()
  const go = useGo()
  const may = useMay()
  if (!isFiltered)
    return (
      <EmptyState
        icon={Scale}
        title={t('privacy.empty')}
        action={
          may('privacy.manage') && (
            <ButtonLink to={newTo} icon={FilePlus2} variant="primary">
              {t('privacy.new')}
            </ButtonLink>
          )
        }
      >
        {may('privacy.manage') && <p>{t('privacy.empty.help')}</p>}
      </EmptyState>
    )
  const onlyLate = state === 'late' && !q && !kind && !late
  return (
    <EmptyState
      icon={onlyLate ? Scale : SearchX}
      title={t(onlyLate ? 'privacy.empty.late' : 'privacy.empty.filtered')}
      action={<Button onClick={() => go(registerTo())}>{t('privacy.show-all')}</Button>}
    >
      <p>{t(onlyLate ? 'privacy.empty.late.help' : 'privacy.empty.filtered.help')}</p>
    </EmptyState>
  )
}
