/** How executing in many practices is spoken of: where the whole stands, and each practice in it. */
import { Check, CircleHelp, type LucideIcon, Minus, TriangleAlert, Undo2, X } from 'lucide-react'
import type {
  Effects,
  FleetDrift,
  FleetExecution,
  FleetExecutionState,
  FleetPractice,
  PracticeExecution,
} from '#contract/sql-console'
import { Badge, type Tone } from '#platform/ui/badge.tsx'
import type { Formats } from '#platform/ui/formats.ts'
import { type Translate, useMessages } from '#platform/ui/messages.tsx'
import { effectsOf } from '../report/verdict.ts'
import { worded } from '../sql-words.tsx'

const tones: Record<FleetExecutionState, Tone> = {
  asked: 'warning',
  approved: 'info',
  refused: 'danger',
  withdrawn: 'neutral',
  lapsed: 'neutral',
  running: 'info',
  paused: 'warning',
  stopped: 'danger',
  executed: 'success',
}

export function ExecutionBadge({ state }: { state: FleetExecutionState }) {
  const t = useMessages()
  return <Badge tone={tones[state]}>{t(`sql.fleet.execution.${state}`)}</Badge>
}

/** Those that were left out when it was asked for are none of it: they stand aside. */
export type Stand = PracticeExecution['state'] | 'aside'
export const standOf = ({ execution }: Pick<FleetPractice, 'execution'>): Stand => execution?.state ?? 'aside'

/** Whom somebody left out on the way is waited for by nobody. */
export const stillIn = ({ waves }: Pick<FleetExecution, 'waves'>): number =>
  waves.reduce((sum, { total, leftOut }) => sum + total - leftOut, 0)

/** What it does in all those that are still in it. */
export const effectsIn = (practices: readonly FleetPractice[]): Effects =>
  effectsOf({
    statements: practices.filter(({ execution }) => execution && execution.state !== 'left_out'),
    atCommit: { effects: {} },
  })

/** A sign in each square, since colour never speaks alone. */
export const stands: Record<Stand, { colour: string; sign: LucideIcon | null; tone: Tone }> = {
  waiting: { colour: 'bg-pressed ring-1 ring-control', sign: null, tone: 'neutral' },
  executed: { colour: 'bg-success text-surface', sign: Check, tone: 'success' },
  drifted: {
    colour: 'bg-warning text-surface ring-2 ring-warning-ink',
    sign: TriangleAlert,
    tone: 'warning',
  },
  failed: { colour: 'bg-danger text-on-danger', sign: X, tone: 'danger' },
  unknown: { colour: 'bg-info-soft text-info-ink ring-1 ring-info', sign: CircleHelp, tone: 'info' },
  left_out: { colour: 'bg-sunken text-ink-muted ring-1 ring-line-strong', sign: Minus, tone: 'neutral' },
  aside: { colour: 'bg-sunken text-ink-muted ring-1 ring-line-strong', sign: Minus, tone: 'neutral' },
  undone: { colour: 'bg-neutral-soft text-neutral-ink ring-1 ring-neutral', sign: Undo2, tone: 'neutral' },
}

export function StandBadge({ stand }: { stand: Stand }) {
  const t = useMessages()
  return <Badge tone={stands[stand].tone}>{t(`sql.fleet.stand.${stand}`)}</Badge>
}

/** « Instruction 1, table origins : 1 ligne ajoutée approuvée, rien de tel trouvé ». */
export function driftInWords(
  { statement, table, approved, found }: FleetDrift,
  t: Translate,
  formats: Formats,
  /** Where rows are told: whether they are other ones, or the same with other values. */
  apart?: 'rows' | 'values',
): string {
  const where =
    statement === null
      ? t('sql.fleet.drift.at-end', { table })
      : t('sql.fleet.drift.statement', { n: statement + 1, table })
  const said = {
    approved: countsInWords(approved, t, formats),
    found: countsInWords(found, t, formats),
  }
  return said.approved === said.found
    ? t(apart ? `sql.drift.${apart}` : 'sql.fleet.drift.rows', { where, ...said })
    : t('sql.fleet.drift', { where, ...said })
}

const kinds = ['inserted', 'updated', 'deleted'] as const

function countsInWords(counts: FleetDrift['approved'], t: Translate, formats: Formats): string {
  const parts = counts
    ? kinds
        .filter((kind) => counts[kind] > 0)
        .map((kind) =>
          t(`sql.fleet.drift.${kind}`, { count: counts[kind], shown: formats.integer(counts[kind]) }),
        )
    : []
  return parts.length ? formats.list(parts) : t('sql.fleet.drift.none')
}

/** Why a practice's part was not done: of PostgreSQL, of the console, or of the practice itself. */
export function codeInWords(code: string, t: Translate): string {
  return (
    worded(`sql.failure.${code}`, t) ??
    worded(`sql.fleet.outcome.${code}.help`, t) ??
    t('sql.failure.code', { code })
  )
}
