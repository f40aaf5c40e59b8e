import { useState } from 'react'
import { getRetention, previewRetention, type Retention, saveRetention } from '#contract/audit'
import { Button } from '#platform/ui/button.tsx'
import { Card } from '#platform/ui/card.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { DangerDialog } from '#platform/ui/dialog.tsx'
import { sentenceOf } from '#platform/ui/errors.ts'
import { Field } from '#platform/ui/field.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { Select } from '#platform/ui/select.tsx'
import { Skeleton } from '#platform/ui/skeleton.tsx'
import { ErrorState } from '#platform/ui/states.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { Preview } from './preview.tsx'

/** How long before and after, addresses and browsers are kept; what is older goes the next night. */
export function RetentionCard() {
  const t = useMessages()
  const { data, error, refetch } = useEndpoint(getRetention)
  return (
    <Card title={t('audit.retention')}>
      {data ? (
        <Setting key={data.revision} retention={data} />
      ) : error ? (
        <ErrorState error={error} onRetry={refetch} />
      ) : (
        <Skeleton width="60%" />
      )}
    </Card>
  )
}

const offered = [6, 12, 24, 36, 60, 120]

function Setting({ retention: { payloadMonths, revision } }: { retention: Retention }) {
  const t = useMessages()
  const [chosen, setChosen] = useState(payloadMonths)
  const [confirming, setConfirming] = useState(false)
  const changed = chosen !== payloadMonths
  const { data: preview } = useEndpoint(
    previewRetention,
    { query: { payloadMonths: chosen ?? 120 } },
    { enabled: chosen !== null, keepPrevious: true },
  )
  const save = useEndpoint(saveRetention, {
    onError: (error) => notify.failed({ title: sentenceOf(error, t) }),
    onSuccess: () => {
      setConfirming(false)
      notify.done({ title: t('audit.retention.saved') })
    },
  })
  const submit = () => save.mutate({ body: { payloadMonths: chosen, revision } })
  const months = [...new Set([...offered, ...(payloadMonths ? [payloadMonths] : [])])].toSorted(
    (a, b) => a - b,
  )
  const takes = chosen !== null && (preview?.payloads ?? 0) > 0
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-start gap-2">
        <div className="w-64 max-w-full">
          <Field label={t('audit.retention.keep')} help={t('audit.retention.help')}>
            <Select
              options={[
                { value: 'never', label: t('audit.retention.never') },
                ...months.map((count) => ({
                  value: String(count),
                  label: t('audit.retention.months', { count, years: count / 12 }),
                })),
              ]}
              value={chosen === null ? 'never' : String(chosen)}
              onChange={(value) => setChosen(value === 'never' ? null : Number(value))}
            />
          </Field>
        </div>
        {/* Beside the field, below its label. */}
        {changed && (
          <span className="mt-6 flex gap-2">
            <Button onClick={() => setChosen(payloadMonths)}>{t('ui.cancel')}</Button>
            <Button
              variant="primary"
              loading={save.isPending}
              onClick={() => (takes ? setConfirming(true) : submit())}
            >
              {t('audit.retention.save')}
            </Button>
          </span>
        )}
      </div>
      {chosen !== null && preview && (
        <div className="max-w-160">
          <p className="mb-1 text-12 text-ink-muted">{t('audit.retention.tonight')}</p>
          <Preview preview={preview} />
        </div>
      )}
      <DangerDialog
        open={confirming}
        onOpenChange={setConfirming}
        title={t('audit.retention.confirm')}
        description={t('audit.erasures.forever')}
        action={t('audit.retention.save')}
        typedName={t('audit.erasures.word')}
        loading={save.isPending}
        onConfirm={submit}
      >
        {preview && <Preview preview={preview} />}
      </DangerDialog>
    </div>
  )
}
