import { strToU8, zipSync } from 'fflate'
import { copyPatient, patientErased } from '#contract/patients'
import { byteOrderMark, csvLine } from '#platform/server/csv.ts'
import {
  found,
  handleInTenant,
  refuse,
  Stream,
  type TenantContext,
  type TenantHandler,
} from '#platform/server/requests.ts'
import type { Sentences } from '#platform/server/sentences.ts'
import { practiceNow } from '../practice-day.ts'
import { patientState } from '../queries.ts'
import { readablePage } from './page.ts'
import { sectionsOf, type Row, type Section } from './queries.ts'
import { wordsFor, type CopyWords } from './words.ts'

/** A record note of the asking author, in the open. */
export type CopiedNote = { heldOn: string; title: string; body: string; signedAt: Date | null }

export type CopyingParts = {
  sentences: Sentences
  /** What the asking author wrote into a patient's record, and never a personal note. */
  recordNotesOf(ctx: Pick<TenantContext, 'db' | 'member'>, patientId: string): Promise<CopiedNote[]>
}

/** Everything about one patient, to be handed to them: whoever asks reads no note that another one wrote. */
export function copying({ sentences, recordNotesOf }: CopyingParts): TenantHandler {
  return handleInTenant(copyPatient, async (ctx, { params: { id }, query: { notes } }) => {
    if (found(await patientState(ctx.db, id)).erasedAt) throw refuse(patientErased)
    const { now, timeZone, today } = await practiceNow(ctx.db, ctx.clock)
    const sections: Section[] = await sectionsOf(ctx.db, id, timeZone)
    if (notes === 'own')
      sections.push({ name: 'notes', rows: (await recordNotesOf(ctx, id)).map(noteRow(timeZone)) })
    ctx.record({ object: 'patient', id, after: { notes } })
    const words = wordsFor(sentences, ctx.request.language)
    return new Stream(Buffer.from(zipSync(contents(sections, { today, words, notes }), { mtime: now })), {
      'content-type': 'application/zip',
      'content-disposition': `attachment; filename="${words.fileName}-${today}.zip"`,
    })
  })
}

const noteRow =
  (timeZone: string) =>
  ({ heldOn, title, body, signedAt }: CopiedNote): Row => ({
    heldOn,
    title,
    body,
    signedAt: signedAt && minuteOf(signedAt, timeZone),
  })

/** By the practice's clock, as the database writes the other instants: `2026-11-23 09:00`. */
const minuteOf = (instant: Date, timeZone: string): string =>
  Temporal.Instant.fromEpochMilliseconds(instant.getTime())
    .toZonedDateTimeISO(timeZone)
    .toPlainDateTime()
    .toString({ smallestUnit: 'minute' })
    .replace('T', ' ')

type About = { today: string; words: CopyWords; notes: 'own' | 'none' }

/** The page is for people, the rest for what they may give it to. */
function contents(sections: readonly Section[], { today, words, notes }: About): Record<string, Uint8Array> {
  const json = Object.fromEntries(sections.map(({ name, rows }) => [name, rows]))
  return {
    'index.html': strToU8(readablePage(sections, { today, words, notes })),
    'data.json': strToU8(`${JSON.stringify({ preparedOn: today, ...json }, null, 2)}\n`),
    ...Object.fromEntries(
      sections
        .filter(({ rows }) => rows.length > 0)
        .map(({ name, rows }) => [`csv/${name}.csv`, strToU8(csvOf(rows, words))]),
    ),
  }
}

function csvOf(rows: readonly Row[], words: CopyWords): string {
  const columns = Object.keys(rows[0] ?? {})
  const lines = rows.map((row) => csvLine(columns.map((column) => words.value(column, row[column] ?? null))))
  return byteOrderMark + csvLine(columns.map(words.column)) + lines.join('')
}
