import { getPromises } from '#contract/support'
import { useEndpoint } from '#platform/ui/data.ts'
import { MISSING } from '#platform/ui/formats.ts'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import type { ChipOf } from './queue-chips.tsx'
import type { QueueFilters } from './queue-filters.ts'

/** What a figure of a report is about, in words: who opens it sees what is counted, and can let go of a part of it. */
export function useReportedChips(filters: QueueFilters): (ChipOf | undefined | '')[] {
  const t = useMessages()
  const formats = useFormats()
  const policy = usePolicyName(filters.policyId)
  const { openOn, reopened, rated, score, measured, kept, missed, late, weekday, hour } = filters

  const days = (label: string, first: 'opened' | 'resolved' | 'reopened' | 'rated'): ChipOf | undefined => {
    const ends = [`${first}From`, `${first}Until`] as const
    const [from, until] = ends.map((end) => filters[end])
    if (!from && !until) return undefined
    const said = { from: formats.day(from), until: formats.day(until) }
    const value = !until
      ? t('support.chip.since', said)
      : !from
        ? t('support.chip.upto', said)
        : from === until
          ? said.from
          : t('support.chip.between', said)
    return { name: ends[0], label, value, clears: ends }
  }

  return [
    days(t('support.chip.opened'), 'opened'),
    days(t('support.chip.resolved'), 'resolved'),
    openOn && { name: 'openOn', label: t('support.chip.openOn'), value: formats.day(openOn) },
    days(t('support.chip.reopened'), 'reopened'),
    reopened && { name: 'reopened', label: t('support.chip.reopened'), value: t('support.chip.yes') },
    days(t('support.chip.rated'), 'rated'),
    rated && { name: 'rated', label: t('support.chip.rated'), value: t('support.chip.yes') },
    score && {
      name: 'score',
      label: t('support.chip.score'),
      value: score === 'good' ? t('support.chip.good') : score,
    },
    measured && {
      name: 'measured',
      label: t('support.chip.measured'),
      value: t(`support.target.${measured}`),
    },
    kept && { name: 'kept', label: t('support.chip.kept'), value: t(`support.target.${kept}`) },
    missed && { name: 'missed', label: t('support.chip.missed'), value: t(`support.target.${missed}`) },
    late && { name: 'late', label: t('support.chip.late'), value: t('support.chip.now') },
    policy && { name: 'policyId', label: t('support.chip.policy'), value: policy },
    weekday && { name: 'weekday', label: t('support.chip.weekday'), value: t(`support.weekday.${weekday}`) },
    hour && { name: 'hour', label: t('support.chip.hour'), value: t('support.report.hour', { hour }) },
  ]
}

function usePolicyName(id: string | undefined): string | undefined {
  const t = useMessages()
  const { data } = useEndpoint(getPromises, {}, { enabled: id !== undefined && id !== 'none' })
  if (id === undefined) return undefined
  if (id === 'none') return t('support.report.policies.none')
  return data?.policies.find((policy) => policy.id === id)?.name ?? MISSING
}
