/** What is written down of a request: its one line, a look at what is sensitive, a refusal. */
import type { AnyEndpoint } from '#platform/contract/endpoint.ts'
import { Platform } from '../errors.ts'
import type { Whisper } from '../news.ts'
import { Refused, type Recorded, type RequestFacts } from '../requests.ts'
import { drop } from './answering.ts'
import type { Asker, Mounting } from './strangers.ts'

/** What the log calls whatever an endpoint is about. */
export const objectOf = (endpoint: AnyEndpoint): string =>
  endpoint.about ?? endpoint.records?.split('.')[0] ?? ''

/** What the address names, where it names anything. */
export function idIn(params: unknown): string | undefined {
  const id = (params as { id?: unknown } | undefined)?.id
  return typeof id === 'string' ? id : undefined
}

/** Without its line in the log, and with two, a request is a bug. */
export function oneLine<Line>(lines: readonly Line[], endpoint: AnyEndpoint): Line {
  const [line] = lines
  if (line === undefined || lines.length > 1)
    throw new Error(`${endpoint.method} ${endpoint.path} recorded ${lines.length} audit lines instead of one`)
  return line
}

/** A read that names a verb leaves a line before its answer goes out: who cannot be written down sees nothing. */
export async function tellLook(
  told: { endpoint: AnyEndpoint; lines: readonly Recorded[]; asker: Asker | null; facts: RequestFacts },
  answer: unknown,
  on: Mounting,
): Promise<unknown> {
  const { endpoint, asker, facts } = told
  if (endpoint.records === undefined) return answer
  try {
    const line = oneLine(told.lines, endpoint)
    if (!asker) throw new Error(`${endpoint.path} shows what is sensitive to nobody in particular`)
    await on.strangers.writeDownLook(on.db, { verb: endpoint.records, line, actor: asker, request: facts })
  } catch (error) {
    drop(answer)
    throw error
  }
  return answer
}

/** Throws the error on, after the log was told of it where it is a refusal. Nothing happened, so nothing waits for it. */
export async function tellRefusal(
  told: { endpoint: AnyEndpoint; params: unknown; asker: Asker | null; facts: RequestFacts },
  error: unknown,
  on: Mounting,
): Promise<never> {
  const { endpoint, params, asker, facts } = told
  const forbidden = error instanceof Platform && error.code === 'forbidden'
  const refused = endpoint.method !== 'GET' && error instanceof Refused
  if (asker && (forbidden || refused)) {
    const code = refused ? error.refusal.code : 'forbidden'
    const line: Recorded = endpoint.records
      ? { object: objectOf(endpoint), id: idIn(params) }
      : { object: 'endpoint', id: `${endpoint.method} ${endpoint.path}` }
    line.after = { refusal: code, ...(forbidden && { permission: endpoint.may }) }
    const verb = endpoint.records ?? 'endpoint.refused'
    await on.strangers.writeDownRefusal(on.db, { verb, line, actor: asker, request: facts, code })
  }
  throw error
}

/** The news a write has for other screens, with who may hear each. */
export function newsOf(
  endpoint: AnyEndpoint,
  topics: Readonly<Record<string, string>>,
): (id: string | undefined, asker: Asker | null) => Whisper[] {
  const perTopic = endpoint.touches.map((topic) => ({ topic, needs: topics[topic] ?? unknownTopic(topic) }))
  return (id, asker) => {
    const isMember = asker !== null && 'memberId' in asker
    const alone = asker === null ? '' : isMember ? asker.memberId : asker.staffId
    return perTopic.map(({ topic, needs }) => ({
      topic,
      ...(id ? { id } : {}),
      ...(needs === 'signed_in' ? { only: alone } : { needs }),
      ...(isMember ? { tenant: asker.tenantId } : {}),
    }))
  }
}

function unknownTopic(topic: string): never {
  throw new Error(`no module declares the topic ${topic}`)
}
