import { ChevronDown } from 'lucide-react'
import { useState } from 'react'
import { type Report, reportPeriods, type ReportQuery } from '#contract/support'
import { Button } from '#platform/ui/button.tsx'
import { cx } from '#platform/ui/cx.ts'
import { Field } from '#platform/ui/field.tsx'
import { Input } from '#platform/ui/input.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { Popover } from '#platform/ui/popover.tsx'

type PeriodChoiceProps = {
  query: ReportQuery
  report: Report | undefined
  onChange: (query: Required<{ [Name in keyof ReportQuery]: ReportQuery[Name] | undefined }>) => void
}

/** A period one asks for often, or from one day to another. */
export function PeriodChoice({ query, report, onChange }: PeriodChoiceProps) {
  const t = useMessages()
  const own = query.from ?? query.until
  const chosen = own === undefined ? (query.period ?? 'days') : undefined
  return (
    <Popover
      align="end"
      title={t('support.report.period')}
      trigger={
        <Button>
          {t(chosen ? `support.report.period.${chosen}` : 'support.report.period.own')}
          <ChevronDown aria-hidden size={16} className="-mr-1 text-ink-muted" />
        </Button>
      }
    >
      <div className="grid grid-cols-2 gap-2">
        {reportPeriods.map((period) => (
          <Button
            key={period}
            aria-pressed={chosen === period}
            className={cx(chosen === period && 'border-accent! bg-accent-soft! text-accent-ink!')}
            onClick={() => onChange({ period, from: undefined, until: undefined })}
          >
            {t(`support.report.period.${period}`)}
          </Button>
        ))}
      </div>
      {report && <Days key={JSON.stringify(report.span)} span={report.span} onChange={onChange} />}
    </Popover>
  )
}

type DaysProps = { span: Report['span']; onChange: PeriodChoiceProps['onChange'] }

/** A year grows from its first digit on, and a period may end before it begins on the way: it is shown when asked for. */
function Days({ span, onChange }: DaysProps) {
  const t = useMessages()
  const [days, setDays] = useState(span)
  const reversed = days.from > days.until
  return (
    <form
      className="mt-3 grid grid-cols-2 items-start gap-2"
      onSubmit={(event) => {
        event.preventDefault()
        if (!reversed) onChange({ period: undefined, ...days })
      }}
    >
      <Field label={t('support.report.period.from')}>
        <Input type="date" required value={days.from} onChange={(from) => setDays({ ...days, from })} />
      </Field>
      <Field
        label={t('support.report.period.until')}
        error={reversed ? t('fields.period_backwards') : undefined}
      >
        <Input type="date" required value={days.until} onChange={(until) => setDays({ ...days, until })} />
      </Field>
      <Button type="submit" className="col-span-2">
        {t('support.report.period.show')}
      </Button>
    </form>
  )
}
