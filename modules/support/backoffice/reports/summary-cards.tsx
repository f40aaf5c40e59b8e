import { type Report, type ReportSummary, type Span, type TargetName, ticketsOf } from '#contract/support'
import { KpiCard } from '#platform/ui/kpi-card.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { ticketsTo } from './address.ts'
import { changeOfCount, changeOfTime, meanScore, shareOf, sumOf, timeInWords } from './times.ts'

/** The figures of the period, each beside what it was in the one before. */
export function SummaryCards({ report }: { report: Report }) {
  const { summary, earlier, span, before } = report
  return (
    <div className="grid grid-cols-1 gap-3 sm:grid-cols-2 xl:grid-cols-4">
      {(['opened', 'resolved', 'open'] as const).map((name) => (
        <CountCard key={name} name={name} report={report} />
      ))}
      <ReopeningCard of={{ summary, span }} before={{ summary: earlier, span: before }} />
      {(['firstResponse', 'nextResponse', 'resolution'] as const).map((target) => (
        <PromiseCard key={target} target={target} report={report} />
      ))}
      <RatingCard of={{ summary, span }} before={{ summary: earlier, span: before }} />
    </div>
  )
}

function CountCard({ name, report }: { name: 'opened' | 'resolved' | 'open'; report: Report }) {
  const t = useMessages()
  const formats = useFormats()
  const against = t('support.report.against')
  const [now, then] = [report.summary[name], report.earlier[name]]
  return (
    <KpiCard
      label={t(`support.report.${name}`)}
      value={formats.integer(now)}
      to={ticketsTo(ticketsOf[name](report.span))}
      change={{ ...changeOfCount(then, now, formats), against, better: name === 'resolved' ? 'up' : 'down' }}
      details={[
        {
          label: t('support.report.earlier'),
          value: formats.integer(then),
          to: ticketsTo(ticketsOf[name](report.before)),
        },
      ]}
    />
  )
}

function PromiseCard({ target, report }: { target: TargetName; report: Report }) {
  const t = useMessages()
  const formats = useFormats()
  const against = t('support.report.against')
  const [now, then] = [report.summary.promises[target], report.earlier.promises[target]]
  const [those, before] = [ticketsOf.promised(target, report.span), ticketsOf.promised(target, report.before)]
  return (
    <KpiCard
      label={t(`support.target.${target}`)}
      value={timeInWords(now.medianSeconds, t)}
      unit={t('support.report.median')}
      to={ticketsTo({ ...those, measured: target })}
      change={{ ...changeOfTime(then, now, t), against, better: 'down' }}
      details={[
        {
          label: t('support.report.in-time'),
          value: formats.share(shareOf(now.kept, now.kept + now.missed)),
          to: ticketsTo({ ...those, kept: target }),
        },
        {
          label: t('support.report.late'),
          value: formats.integer(now.missed),
          to: ticketsTo({ ...those, missed: target }),
        },
        {
          label: t('support.report.earlier'),
          value: timeInWords(then.medianSeconds, t),
          to: ticketsTo({ ...before, measured: target }),
        },
      ]}
    />
  )
}

type Side = { summary: ReportSummary; span: Span }

function ReopeningCard({ of, before }: { of: Side; before: Side }) {
  const t = useMessages()
  const formats = useFormats()
  const rate = ({ summary }: Side) => formats.share(shareOf(summary.cameBack, summary.resolved))
  return (
    <KpiCard
      label={t('support.report.cameBack')}
      value={rate(of)}
      unit={t('support.report.of-resolved')}
      to={ticketsTo(ticketsOf.cameBack(of.span))}
      details={[
        {
          label: t('support.report.reopened-in', { count: of.summary.reopened }),
          value: formats.integer(of.summary.reopened),
          to: ticketsTo(ticketsOf.reopened(of.span)),
        },
        {
          label: t('support.report.earlier'),
          value: rate(before),
          to: ticketsTo(ticketsOf.cameBack(before.span)),
        },
      ]}
    />
  )
}

function RatingCard({ of, before }: { of: Side; before: Side }) {
  const t = useMessages()
  const formats = useFormats()
  const { byScore, answered } = of.summary.ratings
  const good = (byScore[3] ?? 0) + (byScore[4] ?? 0)
  const mean = ({ summary }: Side) => formats.decimal(meanScore(summary.ratings.byScore))
  return (
    <KpiCard
      label={t('support.report.satisfaction')}
      value={mean(of)}
      unit={t('support.report.out-of')}
      to={ticketsTo(ticketsOf.rated(of.span))}
      details={[
        {
          label: t('support.report.good-share'),
          value: formats.share(shareOf(good, sumOf(byScore))),
          to: ticketsTo({ ...ticketsOf.rated(of.span), score: 'good' }),
        },
        {
          label: t('support.report.answer-rate'),
          value: formats.share(shareOf(answered, of.summary.resolved)),
          to: ticketsTo(ticketsOf.answered(of.span)),
        },
        {
          label: t('support.report.earlier'),
          value: mean(before),
          to: ticketsTo(ticketsOf.rated(before.span)),
        },
      ]}
    />
  )
}
