import { ClientFields, type TimelineEntry } from '#contract/clients'
import type { HistoryLine } from '#server/audit'

type Action = Extract<TimelineEntry, { kind: 'action' }>
type Side = Record<string, unknown>

/** Of the account manager the log keeps the name beside the id, and that is what people read. */
const fields = Object.keys(ClientFields.shape).map((field) =>
  field === 'accountManagerId' ? 'accountManager' : field,
)

/** A line of the audit log as something that happened to this client. */
export function actionOf(entry: HistoryLine, clientId: string): Action {
  return {
    kind: 'action',
    id: entry.id,
    at: entry.at.toISOString(),
    precision: 'instant',
    verb: entry.verb,
    actor: entry.actorLabel,
    ticket: null,
    changes: changesOf(sideOf(entry.before), sideOf(entry.after), clientId),
  }
}

/** Null where it was done in none. */
export function ticketOf({ after }: HistoryLine): string | null {
  const { ticketId } = sideOf(after)
  return typeof ticketId === 'string' ? ticketId : null
}

/** A client there was before the log, or who came by an import too long to be named in it. */
export function arrival(clientId: string, at: Date): Action {
  return {
    kind: 'action',
    id: clientId,
    at: at.toISOString(),
    precision: 'instant',
    verb: 'client.created',
    actor: null,
    ticket: null,
    changes: [],
  }
}

/** An action on many tells the status each had (`byStatus`); the others tell it of the one. */
function changesOf(before: Side, after: Side, clientId: string): Action['changes'] {
  const valueIn = (side: Side, field: string) =>
    field === 'status' && 'byStatus' in side ? statusIn(side['byStatus'], clientId) : side[field]
  return fields
    .map((field) => ({
      field,
      before: valueIn(before, field) ?? null,
      after: valueIn(after, field) ?? null,
    }))
    .filter((change) => change.before !== change.after)
}

function statusIn(groups: unknown, clientId: string): unknown {
  // Written by changing-statuses.ts alone.
  return (groups as { previous: string; ids: string[] }[]).find(({ ids }) => ids.includes(clientId))?.previous
}

function sideOf(side: unknown): Side {
  return typeof side === 'object' && side !== null ? (side as Side) : {}
}
