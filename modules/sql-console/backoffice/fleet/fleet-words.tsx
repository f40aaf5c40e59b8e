/** How a text that goes through many practices is spoken of, and the colours of what came of it. */
import type { Difference, FleetPractice, FleetState, PracticeOutcome, SqlFleet } from '#contract/sql-console'
import { Badge, type Tone } from '#platform/ui/badge.tsx'
import { type Translate, useMessages } from '#platform/ui/messages.tsx'

const tones: Record<FleetState, Tone> = {
  waiting: 'neutral',
  running: 'info',
  done: 'success',
  cancelled: 'neutral',
}

export function FleetBadge({ state }: { state: FleetState }) {
  const t = useMessages()
  return <Badge tone={tones[state]}>{t(`sql.fleet.state.${state}`)}</Badge>
}

/** Who does otherwise is told apart from who did as the others, and who had nothing from who gave or would change something. */
export type Look = PracticeOutcome | 'diverging' | 'no_rows' | 'unchanged'

export function lookOf(
  {
    outcome,
    differs,
    rowCount,
    effects,
  }: Pick<FleetPractice, 'outcome' | 'differs' | 'rowCount' | 'effects'>,
  mode: SqlFleet['mode'],
): Look {
  if (outcome !== 'done') return outcome
  if (differs.length > 0) return 'diverging'
  if (mode === 'read') return rowCount === 0 ? 'no_rows' : 'done'
  return Object.keys(effects).length === 0 ? 'unchanged' : 'done'
}

const outcomeTones: Record<Look, Tone> = {
  waiting: 'neutral',
  done: 'success',
  diverging: 'warning',
  no_rows: 'neutral',
  unchanged: 'neutral',
  failed: 'danger',
  unreachable: 'danger',
  moving: 'info',
  outdated: 'warning',
  gone: 'neutral',
  cancelled: 'neutral',
}

export function OutcomeBadge({ look }: { look: Look }) {
  const t = useMessages()
  return <Badge tone={outcomeTones[look]}>{t(`sql.fleet.outcome.${look}`)}</Badge>
}

/** « Colonne console_only : absente d’ordinaire, text ici ». */
export function differenceInWords({ about, name, usual, here }: Difference, t: Translate): string {
  if (about === 'outcome') return t(here === 'failed' ? 'sql.fleet.differs.failed' : 'sql.fleet.differs.done')
  const told = (value: string | null) =>
    value === null
      ? t(`sql.fleet.differs.${about}.none`)
      : about === 'table'
        ? value
            .split(' ')
            .map((way) => wayInWords(way, t))
            .join(', ')
        : value
  return t(`sql.fleet.differs.${about}`, { name, usual: told(usual), here: told(here) })
}

const ways = ['inserted', 'updated', 'deleted', 'truncated', 'dropped'] as const
const wayInWords = (way: string, t: Translate) => {
  const known = ways.find((one) => one === way)
  return known ? t(`sql.fleet.way.${known}`) : way
}
