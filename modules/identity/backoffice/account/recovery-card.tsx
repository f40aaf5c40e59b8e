import { useState } from 'react'
import type { Account } from '#contract/identity'
import { Badge } from '#platform/ui/badge.tsx'
import { Button } from '#platform/ui/button.tsx'
import { Card } from '#platform/ui/card.tsx'
import { DateText } from '#platform/ui/date-text.tsx'
import { DangerDialog } from '#platform/ui/dialog.tsx'
import { useMessages } from '#platform/ui/messages.tsx'

/** Below this one is soon without. */
const FEW = 3

export function RecoveryCard({ codes, onMake }: { codes: Account['recoveryCodes']; onMake: () => void }) {
  const t = useMessages()
  const [renewing, setRenewing] = useState(false)
  return (
    <Card
      title={t('identity.recovery')}
      actions={
        <Button size="small" onClick={() => (codes ? setRenewing(true) : onMake())}>
          {t(codes ? 'identity.account.recovery.renew' : 'identity.account.recovery.make')}
        </Button>
      }
    >
      <p className="text-13 text-ink-muted">{t('identity.account.recovery.help')}</p>
      {codes && (
        <p className="mt-2 flex flex-wrap items-center gap-x-3 gap-y-1 text-13">
          <Badge tone={codes.left === 0 ? 'danger' : codes.left < FEW ? 'warning' : 'success'}>
            {t('identity.account.recovery.left', { left: codes.left, total: codes.total })}
          </Badge>
          <span className="text-12 text-ink-muted">
            {t.rich('identity.account.recovery.made', {
              when: <DateText key="when" value={codes.createdAt} />,
            })}
          </span>
        </p>
      )}
      <DangerDialog
        open={renewing}
        onOpenChange={setRenewing}
        title={t('identity.account.recovery.renew.ask')}
        description={t('identity.account.recovery.renew.help')}
        action={t('identity.account.recovery.renew')}
        onConfirm={() => {
          setRenewing(false)
          onMake()
        }}
      />
    </Card>
  )
}
