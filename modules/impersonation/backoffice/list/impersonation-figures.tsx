import { getImpersonationFigures } from '#contract/impersonation'
import type { OutputOf } from '#platform/contract/endpoint.ts'
import { useEndpoint } from '#platform/ui/data.ts'
import { Figures } from '#platform/ui/figures.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { type ImpersonationFilters, listTo, reviewTo, runningTo } from '../addresses.ts'
import { durationInWords } from '../impersonation-words.tsx'

/** How far back medians look. */
const days = 30

/** How many run, wait, or are to be looked at, and how long they take: each figure leads to its lines. */
export function ImpersonationFigures({ filters }: { filters: ImpersonationFilters }) {
  const t = useMessages()
  const formats = useFormats()
  const { data } = useEndpoint(getImpersonationFigures, { query: { days } })
  const { state, purpose, toReview, actor, tenant, member } = filters
  const narrowed = Boolean(purpose ?? actor ?? tenant ?? member)
  const written = (value: number | undefined) => (value === undefined ? undefined : formats.integer(value))
  return (
    <>
      <Figures
        label={t('impersonation.figures')}
        figures={[
          {
            label: t('impersonation.figures.running'),
            value: written(data?.running),
            to: runningTo,
            current: !narrowed && !toReview && state === 'running',
          },
          {
            label: t('impersonation.figures.waiting'),
            value: written(data?.waiting),
            to: listTo({ state: 'waiting' }),
            current: !narrowed && !toReview && state === 'waiting',
          },
          {
            label: t('impersonation.figures.review'),
            value: written(data?.toReview),
            to: reviewTo,
            current: !narrowed && !state && toReview !== undefined,
          },
          {
            label: t('impersonation.figures.median'),
            value: data && durationInWords(data.medianSeconds, t),
            to: listTo({ state: 'ended' }),
            current: !narrowed && !toReview && state === 'ended',
          },
        ]}
      />
      {data && data.begun > 0 && <Medians figures={data} chosen={purpose} />}
    </>
  )
}

type MediansProps = {
  figures: OutputOf<typeof getImpersonationFigures>
  chosen: ImpersonationFilters['purpose']
}

function Medians({ figures, chosen }: MediansProps) {
  const t = useMessages()
  const { begun, medianSeconds, withWriting, brokenGlass, byPurpose } = figures
  return (
    <>
      <p className="text-13 text-ink-muted">
        {t('impersonation.purposes.begun', {
          begun,
          days,
          duration: durationInWords(medianSeconds, t),
          writing: withWriting,
          glass: brokenGlass,
        })}
      </p>
      <Figures
        label={t('impersonation.purposes', { days })}
        figures={byPurpose.map(({ purpose, begun: times, medianSeconds: median }) => ({
          label: t(`impersonation.purpose.${purpose}`),
          value: t('impersonation.purposes.median', {
            begun: times,
            duration: durationInWords(median, t),
          }),
          to: listTo({ purpose }),
          current: chosen === purpose,
        }))}
      />
    </>
  )
}
