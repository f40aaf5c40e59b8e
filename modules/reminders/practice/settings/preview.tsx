import { TriangleAlert } from 'lucide-react'
import { getPractice } from '#contract/cabinet'
import { clinicalWords, type ReminderSettings, smsSize } from '#contract/reminders'
import { Card } from '#platform/ui/card.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { TextLink } from '#platform/ui/link.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { useMay } from '#platform/ui/session.tsx'

/** What stands in the practice's own name is read by whoever sees the telephone. */
function Telling({ words }: { words: readonly string[] }) {
  const t = useMessages()
  const may = useMay()
  const formats = useFormats()
  return (
    <p className="flex items-start gap-2 rounded-control bg-warning-soft px-3 py-2 text-13 text-warning-ink">
      <TriangleAlert aria-hidden size={16} className="mt-0.5 shrink-0" />
      <span>
        {t('reminders.set.telling', {
          words: formats.list(words.map((word) => t('reminders.quoted', { word }))),
        })}{' '}
        {may('cabinet.manage') && <TextLink to="/settings">{t('reminders.set.telling.change')}</TextLink>}
      </span>
    </p>
  )
}

/** Word for word: patients are written to in French. */
export function Preview({ settings: { preview, captured } }: { settings: ReminderSettings }) {
  const t = useMessages()
  const { length, parts } = smsSize(preview.sms)
  const { data: practice } = useEndpoint(getPractice)
  const telling = clinicalWords(practice?.name ?? '')
  return (
    <Card title={t('reminders.set.preview')}>
      <div className="flex flex-col gap-4">
        <p className="text-13 text-ink-muted">
          {t('reminders.set.preview.help')} {captured && t('reminders.set.captured')}
        </p>
        {telling.length > 0 && <Telling words={telling} />}
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
