import { useState } from 'react'
import { Button } from '#platform/ui/button.tsx'
import { Card } from '#platform/ui/card.tsx'
import { DateText } from '#platform/ui/date-text.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { PasswordDialog } from './password-dialog.tsx'

export function PasswordCard({ changedAt }: { changedAt: string | null }) {
  const t = useMessages()
  const [open, setOpen] = useState(false)
  return (
    <Card
      title={t('identity.password')}
      actions={
        <Button size="small" onClick={() => setOpen(true)}>
          {t('identity.account.password.change')}
        </Button>
      }
    >
      <p className="text-13 text-ink-muted">
        {changedAt
          ? t.rich('identity.account.password.changed', {
              when: <DateText key="when" value={changedAt} show="both" />,
            })
          : t('identity.account.password.never-changed')}
      </p>
      {open && <PasswordDialog onClose={() => setOpen(false)} />}
    </Card>
  )
}
