import { Undo2 } from 'lucide-react'
import { useState } from 'react'
import { withdrawSetting, type SettingVersion } from '#contract/billing'
import { Badge, type Tone } from '#platform/ui/badge.tsx'
import { Button } from '#platform/ui/button.tsx'
import { Card } from '#platform/ui/card.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { DateText } from '#platform/ui/date-text.tsx'
import { Sheet } from '#platform/ui/dialog.tsx'
import { sentenceOf } from '#platform/ui/errors.ts'
import { IconButton } from '#platform/ui/icon-button.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { ContentShown } from './content-shown.tsx'
import type { Settings } from './setting-section.tsx'

const tones: Record<SettingVersion['standing'], Tone> = {
  now: 'success',
  later: 'info',
  waiting: 'warning',
  former: 'neutral',
  dropped: 'neutral',
}

type VersionsProps = { versions: readonly SettingVersion[]; settings: Settings; may: boolean }

/** What held, holds and will: nothing of it is ever changed in place, and each can be read again. */
export function Versions({ versions, settings, may }: VersionsProps) {
  const t = useMessages()
  const formats = useFormats()
  const [shown, setShown] = useState<SettingVersion | null>(null)
  const withdraw = useEndpoint(withdrawSetting, {
    onError: (error) => notify.failed({ title: sentenceOf(error, t) }),
    onSuccess: () => notify.done({ title: t('billing.settings.withdrawn') }),
  })
  if (versions.length === 0) return null
  return (
    <Card title={t('billing.settings.versions')} flush>
      <ol className="pb-2">
        {versions.map((version) => {
          const { id, kind, standing, state, inForceFrom, proposedBy, decidedBy, proposedAt, reason } =
            version
          return (
            <li key={id} className="flex items-start gap-2 border-t border-line px-4 py-2.5 text-12">
              <div className="min-w-0 flex-1">
                <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
                  <button
                    type="button"
                    className="rounded-small text-13 font-medium underline-offset-4 hover:underline"
                    onClick={() => setShown(version)}
                  >
                    {t('billing.settings.from', { day: formats.day(inForceFrom) })}
                  </button>
                  <Badge tone={tones[standing]}>
                    {t(
                      standing === 'dropped' && state === 'refused'
                        ? 'billing.settings.standing.refused'
                        : `billing.settings.standing.${standing}`,
                    )}
                  </Badge>
                </p>
                <p className="mt-0.5 text-ink-muted">
                  {proposedBy ? proposedBy.name : t('billing.settings.installation')} ·{' '}
                  <DateText value={proposedAt} />
                  {decidedBy && decidedBy.id !== proposedBy?.id && (
                    <> · {t(`billing.settings.decided.${state}`, { name: decidedBy.name })}</>
                  )}
                </p>
                {reason && (
                  <p className="mt-0.5 text-ink-muted" lang="fr">
                    {t('billing.settings.reason', { reason })}
                  </p>
                )}
              </div>
              {/* An account that a second person approved is not unsaid by one. */}
              {may && standing === 'later' && kind !== 'bank' && (
                <IconButton
                  icon={Undo2}
                  size="small"
                  disabled={withdraw.isPending}
                  label={t('billing.settings.withdraw', { day: formats.day(inForceFrom) })}
                  onClick={() => withdraw.mutate({ params: { id } })}
                />
              )}
            </li>
          )
        })}
      </ol>
      {shown && (
        <Sheet
          open
          onOpenChange={(open) => !open && setShown(null)}
          title={t('billing.settings.from', { day: formats.day(shown.inForceFrom) })}
          description={t(`billing.settings.kind.${shown.kind}`)}
          footer={<Button onClick={() => setShown(null)}>{t('ui.close')}</Button>}
        >
          <ContentShown version={shown} day={shown.inForceFrom} settings={settings} />
        </Sheet>
      )}
    </Card>
  )
}
