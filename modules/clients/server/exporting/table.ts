import { phoneByPairs } from '#contract/clients'
import type { Language, Sentences } from '#platform/server/sentences.ts'
import { byteOrderMark, csvLine } from '#platform/server/csv.ts'
import type { ExportedClient } from './queries.ts'
import { workbook, type Cell } from '#platform/server/xlsx.ts'

/** The columns, in the order of the file, under the headings by which our import knows them again. */
const columns: {
  field: keyof ExportedClient
  holds: 'text' | 'phone' | 'word' | 'day' | 'wallClock'
  width: number
}[] = [
  { field: 'lastName', holds: 'text', width: 20 },
  { field: 'firstName', holds: 'text', width: 16 },
  { field: 'email', holds: 'text', width: 32 },
  { field: 'phone', holds: 'phone', width: 16 },
  { field: 'address', holds: 'text', width: 30 },
  { field: 'postalCode', holds: 'text', width: 12 },
  { field: 'city', holds: 'text', width: 20 },
  { field: 'department', holds: 'text', width: 12 },
  { field: 'status', holds: 'word', width: 12 },
  { field: 'kind', holds: 'word', width: 12 },
  { field: 'subscription', holds: 'word', width: 16 },
  { field: 'trialEndsOn', holds: 'day', width: 14 },
  { field: 'nextPaymentOn', holds: 'day', width: 18 },
  { field: 'lastSignInAt', holds: 'wallClock', width: 18 },
  { field: 'rpps', holds: 'text', width: 14 },
  { field: 'adeli', holds: 'text', width: 12 },
  { field: 'siret', holds: 'text', width: 18 },
  { field: 'origin', holds: 'text', width: 18 },
  { field: 'accountManager', holds: 'text', width: 20 },
  { field: 'createdAt', holds: 'wallClock', width: 18 },
]

export type Words = { say: (key: string) => string }

export function wordsIn(sentences: Sentences, language: Language): Words {
  return { say: (key) => sentences.say(language, `clients.export.${key}`) }
}

type Batches = AsyncIterable<readonly ExportedClient[]>

/** UTF-8 with its mark, semicolons and CRLF; days as 27/02/2026, times as 27/02/2026 09:33. */
export async function* asCsv(clients: Batches, { say }: Words): AsyncGenerator<string> {
  yield byteOrderMark + csvLine(columns.map(({ field }) => say(field)))
  for await (const batch of clients) {
    let text = ''
    for (const client of batch)
      text += csvLine(
        columns.map(({ field, holds }) => {
          const value = client[field]
          if (value === null) return ''
          if (holds === 'word') return say(`${field}.${value}`)
          if (holds === 'phone') return phoneByPairs(value)
          return holds === 'text' ? value : french(value)
        }),
      )
    yield text
  }
}

export function asXlsx(clients: Batches, { say }: Words): AsyncGenerator<Uint8Array> {
  const headings = columns.map(({ field, width }) => ({ heading: say(field), width }))
  return workbook(say('sheet'), headings, rowsOfCells(clients, say))
}

async function* rowsOfCells(clients: Batches, say: Words['say']): AsyncGenerator<Cell[][]> {
  for await (const batch of clients)
    yield batch.map((client) =>
      columns.map(({ field, holds }): Cell => {
        const value = client[field]
        if (value === null) return null
        if (holds === 'word') return { text: say(`${field}.${value}`) }
        if (holds === 'phone') return { text: phoneByPairs(value) }
        return holds === 'text' ? { text: value } : holds === 'day' ? { day: value } : { wallClock: value }
      }),
    )
}

/** `2026-02-27T09:33:00` gives 27/02/2026 09:33. */
function french(iso: string): string {
  const day = `${iso.slice(8, 10)}/${iso.slice(5, 7)}/${iso.slice(0, 4)}`
  return iso.length === 10 ? day : `${day} ${iso.slice(11, 16)}`
}
