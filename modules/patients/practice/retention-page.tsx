/** How long files are kept, whom that concerns today, and acting on it: nothing ever happens by itself. */
import { useState } from 'react'
import {
  applyRetention,
  getRetention,
  type Retention,
  type RetentionAct,
  setRetention,
} from '#contract/patients'
import { Button } from '#platform/ui/button.tsx'
import { Card } from '#platform/ui/card.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { DateText } from '#platform/ui/date-text.tsx'
import { DangerDialog } from '#platform/ui/dialog.tsx'
import { sentenceOf } from '#platform/ui/errors.ts'
import { Field } from '#platform/ui/field.tsx'
import { Form } from '#platform/ui/form.tsx'
import { Input } from '#platform/ui/input.tsx'
import { TextLink } from '#platform/ui/link.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { PageHeader } from '#platform/ui/page-header.tsx'
import { Skeleton } from '#platform/ui/skeleton.tsx'
import { ErrorState } from '#platform/ui/states.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { patientTo } from './addresses.ts'
import { useSettled } from './settled.ts'

export function RetentionPage() {
  const t = useMessages()
  const { data, error, refetch } = useEndpoint(getRetention, { query: {} })
  return (
    <div className="mx-auto max-w-3xl">
      <PageHeader title={t('patients.retention')}>
        <p className="text-13 text-ink-muted">{t('patients.retention.help')}</p>
      </PageHeader>
      {error && !data && <ErrorState error={error} onRetry={refetch} />}
      {!error && !data && (
        <Card>
          <Skeleton height={220} width="100%" />
        </Card>
      )}
      {data && <Rule key={data.revision} set={data} />}
    </div>
  )
}

const isWithin = (typed: string, min: number, max: number) =>
  /^\d{1,2}$/.test(typed) && Number(typed) >= min && Number(typed) <= max

function Rule({ set }: { set: Retention }) {
  const t = useMessages()
  const [active, setActive] = useState(String(set.activeYears))
  const [archive, setArchive] = useState(String(set.archiveYears))
  const save = useEndpoint(setRetention, {
    onSuccess: () => notify.done({ title: t('patients.retention.saved') }),
  })
  const settled = useSettled(`${active} ${archive}`).split(' ')
  const [thoughtActive = '', thoughtArchive = ''] = settled
  const sound = isWithin(thoughtActive, 1, 30) && isWithin(thoughtArchive, 0, 50)
  const thought = sound
    ? { activeYears: Number(thoughtActive), archiveYears: Number(thoughtArchive) }
    : { activeYears: set.activeYears, archiveYears: set.archiveYears }
  const { data: preview } = useEndpoint(getRetention, { query: thought }, { keepPrevious: true })
  const dirty = active !== String(set.activeYears) || archive !== String(set.archiveYears)
  return (
    <div className="flex flex-col gap-4">
      <Card>
        <Form
          submit={t('patients.save')}
          saving={save.isPending}
          error={save.error}
          dirty={dirty}
          onSubmit={() =>
            save.mutate({
              body: { revision: set.revision, activeYears: Number(active), archiveYears: Number(archive) },
            })
          }
        >
          <div className="grid gap-4 sm:grid-cols-2">
            <Field
              name="activeYears"
              label={t('patients.retention.active')}
              help={t('patients.retention.active.help')}
            >
              <Input inputMode="numeric" maxLength={2} value={active} onChange={setActive} />
            </Field>
            <Field
              name="archiveYears"
              label={t('patients.retention.archive')}
              help={t('patients.retention.archive.help')}
            >
              <Input inputMode="numeric" maxLength={2} value={archive} onChange={setArchive} />
            </Field>
          </div>
        </Form>
      </Card>
      {preview &&
        (['archive', 'erase'] as const).map((act) => (
          <Concerned key={act} act={act} retention={preview} mayAct={!dirty} />
        ))}
    </div>
  )
}

type ConcernedProps = { act: RetentionAct; retention: Retention; mayAct: boolean }

function Concerned({ act, retention, mayAct }: ConcernedProps) {
  const t = useMessages()
  const [asking, setAsking] = useState(false)
  const { count, rows } = retention[act]
  const word = t(`patients.retention.word.${act}`)
  const apply = useEndpoint(applyRetention, {
    onSuccess: ({ count: done }) => {
      setAsking(false)
      notify.done({ title: t(`patients.retention.${act}.done`, { count: done }) })
    },
    onError: (error) => notify.failed({ title: sentenceOf(error, t) }),
  })
  return (
    <Card
      title={t(`patients.retention.${act}.title`, { count })}
      actions={
        count > 0 && (
          <Button
            variant={act === 'erase' ? 'danger' : 'secondary'}
            disabled={!mayAct}
            onClick={() => setAsking(true)}
          >
            {t(`patients.retention.${act}.submit`)}
          </Button>
        )
      }
    >
      <p className="text-13 text-ink-muted">
        {t(count === 0 ? `patients.retention.${act}.none` : `patients.retention.${act}.files`)}
        {count > 0 && !mayAct && ` ${t('patients.retention.save-first')}`}
      </p>
      <ul className="mt-2 flex flex-col">
        {rows.map(({ id, name, lastContactOn }) => (
          <li key={id} className="flex min-h-9 items-center gap-3 border-t border-line py-1.5 text-13">
            <span className="min-w-0 flex-1 wrap-anywhere">
              <TextLink to={patientTo(id)}>{name}</TextLink>
            </span>
            <span className="text-ink-muted">
              {t.rich('patients.retention.last-contact', {
                day: <DateText key="day" value={lastContactOn} />,
              })}
            </span>
          </li>
        ))}
      </ul>
      {count > rows.length && (
        <p className="mt-2 text-13 text-ink-muted">
          {t('patients.retention.more', { count: count - rows.length })}
        </p>
      )}
      <DangerDialog
        open={asking}
        onOpenChange={setAsking}
        title={t(`patients.retention.${act}.title`, { count })}
        description={t(`patients.retention.${act}.confirm`)}
        action={t(`patients.retention.${act}.submit`)}
        typedName={word}
        loading={apply.isPending}
        onConfirm={() => apply.mutate({ body: { act, count, typed: word } })}
      />
    </Card>
  )
}
