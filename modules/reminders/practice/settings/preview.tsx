import { type ReminderSettings, smsSize } from '#contract/reminders'
import { Card } from '#platform/ui/card.tsx'
import { useMessages } from '#platform/ui/messages.tsx'

/** Word for word: patients are written to in French. */
export function Preview({ settings: { preview, captured } }: { settings: ReminderSettings }) {
  const t = useMessages()
  const { length, parts } = smsSize(preview.sms)
  return (
    <Card title={t('reminders.set.preview')}>
      <div className="flex flex-col gap-4">
        <p className="text-13 text-ink-muted">
          {t('reminders.set.preview.help')} {captured && t('reminders.set.captured')}
        </p>
        <section aria-label={t('reminders.channel.sms')} className="flex flex-col gap-1">
          <h3 className="text-12 font-medium text-ink-muted">{t('reminders.channel.sms')}</h3>
          <p
            lang="fr"
            className="max-w-sm rounded-card border border-line bg-sunken p-3 text-14 wrap-anywhere"
          >
            {preview.sms}
          </p>
          <p className="text-12 text-ink-muted tabular-nums">
            {t('reminders.write.size', { length, parts })}
          </p>
        </section>
        <section aria-label={t('reminders.channel.email')} className="flex flex-col gap-1">
          <h3 className="text-12 font-medium text-ink-muted">{t('reminders.channel.email')}</h3>
          <div lang="fr" className="rounded-card border border-line bg-sunken p-3">
            <p className="mb-2 text-14 font-semibold">{preview.email.subject}</p>
            <p className="text-14 whitespace-pre-wrap wrap-anywhere">{preview.email.body}</p>
          </div>
        </section>
      </div>
    </Card>
  )
}
