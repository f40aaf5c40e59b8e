import { byteOrderMark, csvLine } from '#platform/server/csv.ts'
import type { Language, Sentences } from '#platform/server/sentences.ts'
import type { AuditEntry } from '#contract/audit'
import { tryLeaf } from '../leaf.ts'
import type { Payload } from '../payloads.ts'

/** An entry with what stands in its payload. */
export type OpenedEntry = {
  line: AuditEntry
  leaf: string
  ticket: string | null
  payload: Payload | undefined
}

type Say = (key: string) => string

/** In words for people, and as codes for whoever counts and compares. */
const columns: { heading: string; cell(entry: OpenedEntry, say: Say): string }[] = [
  { heading: 'at', cell: ({ line }) => wallClock(line.at) },
  { heading: 'instant', cell: ({ line }) => line.at },
  {
    heading: 'actor',
    cell: ({ line }, say) => (line.actorType === 'staff' ? line.actor : say(`audit.actor.${line.actor}`)),
  },
  { heading: 'actor_id', cell: ({ line }) => line.actorId ?? '' },
  { heading: 'behalf', cell: ({ leaf }) => tryLeaf(leaf)?.onBehalfOf?.id ?? '' },
  { heading: 'verb', cell: ({ line }, say) => say(`audit.verb.${line.verb}`) },
  { heading: 'verb_code', cell: ({ line }) => line.verb },
  { heading: 'object', cell: ({ line }, say) => say(`audit.object.${line.objectType}`) },
  { heading: 'object_code', cell: ({ line }) => line.objectType },
  { heading: 'object_name', cell: ({ line }) => line.objectName ?? '' },
  { heading: 'object_id', cell: ({ line }) => line.objectId ?? '' },
  { heading: 'count', cell: ({ line }) => String(line.objectCount ?? '') },
  { heading: 'result', cell: ({ line }, say) => say(`audit.result.${line.result}`) },
  { heading: 'result_code', cell: ({ line }) => line.result },
  { heading: 'reason', cell: ({ line }) => line.reason ?? '' },
  { heading: 'ticket', cell: ({ ticket }) => ticket ?? '' },
  { heading: 'ip', cell: ({ payload }) => payload?.ip ?? '' },
  { heading: 'agent', cell: ({ payload }) => payload?.userAgent ?? '' },
  { heading: 'index', cell: ({ line }) => String(line.index ?? '') },
  { heading: 'id', cell: ({ line }) => line.id },
]

/** UTF-8 with its mark, semicolons and CRLF. */
export async function* asCsv(
  entries: AsyncIterable<readonly OpenedEntry[]>,
  sentences: Sentences,
  language: Language,
): AsyncGenerator<string> {
  // What nobody has put into words shows itself.
  const say: Say = (key) =>
    sentences.has(key) ? sentences.say(language, key) : key.split('.').slice(2).join('.')
  yield byteOrderMark + csvLine(columns.map(({ heading }) => say(`audit.export.column.${heading}`)))
  for await (const batch of entries)
    yield batch.map((entry) => csvLine(columns.map(({ cell }) => cell(entry, say)))).join('')
}

const paris = new Intl.DateTimeFormat('fr-FR', {
  dateStyle: 'short',
  timeStyle: 'medium',
  timeZone: 'Europe/Paris',
})

/** 22/11/2026 09:30:00, as a clock on a wall in Paris showed it. */
const wallClock = (at: string) => paris.format(new Date(at))
