import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { Figures } from '#platform/ui/figures.tsx'
import { listTo } from './addresses.ts'
import type { Defence } from './what-stands-out.tsx'

/** Four figures, each the way to what it counts. */
export function DefenceFigures({ defence }: { defence: Defence | undefined }) {
  const t = useMessages()
  const formats = useFormats()
  const may = useMay()
  const value = (count: number | undefined) => (count === undefined ? undefined : formats.integer(count))
  const failed = defence?.hours.reduce((sum, hour) => sum + hour.failed, 0)
  return (
    <Figures
      label={t('identity.security.figures')}
      figures={[
        {
          label: t('identity.security.figure.failed'),
          value: value(failed),
          to: listTo({ what: 'failed' }),
        },
        {
          label: t('identity.security.figure.suspicious'),
          value: value(defence?.suspiciousLastWeek),
          to: listTo({ what: 'suspicious' }),
        },
        {
          label: t('identity.security.figure.blocks'),
          value: value(defence?.activeBlocks),
          to: listTo({ tab: 'blocks' }),
        },
        ...(may('staff.read')
          ? [
              {
                label: t('identity.security.figure.sessions'),
                value: value(defence?.openSessions),
                to: '/staff',
              },
            ]
          : []),
      ]}
    />
  )
}
