import { Mail } from 'lucide-react'
import { askMemberPasswordReset } from '#contract/identity'
import { Button } from '#platform/ui/button.tsx'
import { Card } from '#platform/ui/card.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { sentenceOf } from '#platform/ui/errors.ts'
import { useMessages } from '#platform/ui/messages.tsx'
import { Problem } from '#platform/ui/problem.tsx'

/** By the mail that says so: whoever sits at somebody's open screen does not take the account over. */
export function PasswordCard({ email }: { email: string }) {
  const t = useMessages()
  const ask = useEndpoint(askMemberPasswordReset)
  return (
    <Card title={t('identity.password')}>
      <p className="text-13 text-ink-muted">{t('identity.practice.account.password.help', { email })}</p>
      {ask.error && (
        <div className="mt-3">
          <Problem>{sentenceOf(ask.error, t)}</Problem>
        </div>
      )}
      <div className="mt-3 flex flex-wrap items-center gap-3">
        <Button icon={Mail} loading={ask.isPending} onClick={() => ask.mutate({ body: { email } })}>
          {t('identity.practice.account.password.change')}
        </Button>
        <output className="text-13 empty:hidden">
          {ask.isSuccess && t('identity.practice.account.password.sent')}
        </output>
      </div>
    </Card>
  )
}
