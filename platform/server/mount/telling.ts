/** What is written down of a request: its one line, a look at what is sensitive, a refusal. */
import type { AnyEndpoint } from '#platform/contract/endpoint.ts'
import type { PlatformRefusalCode } from '#platform/contract/refusal.ts'
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

/**
 * Whoever stands in for a member is followed from page to page: each answer they get, a stream of news apart, has its
 * line before it goes out. It is written while the answer is prepared.
 */
export async function watched<Answer>(
  told: { endpoint: AnyEndpoint; params: unknown; asker: Asker | null; facts: RequestFacts },
  work: () => Promise<Answer>,
  on: Mounting,
): Promise<Answer> {
  const { endpoint, params, asker, facts } = told
  const isImpersonated = asker !== null && 'memberId' in asker && asker.impersonator !== null
  // One that names a verb says more, in a line of its own.
  if (!isImpersonated || endpoint.records !== undefined || listens(endpoint)) return work()
  const line = { object: 'endpoint', id: `${endpoint.method} ${endpoint.path}`, after: { params } }
  const written = on.strangers.writeDownSeen(on.db, {
    verb: 'impersonation.seen',
    line,
    actor: asker,
    request: facts,
  })
  const [, answered] = await Promise.allSettled([written, work()])
  if (answered.status === 'rejected') throw answered.reason
  await written.catch((error: unknown) => {
    drop(answered.value)
    throw error
  })
  return answered.value
}

/** News is no page: it only says what to ask for again. */
export const listens = ({ output }: AnyEndpoint): boolean =>
  'stream' in output && output.stream.includes('text/event-stream')

/** What whoever stands in for somebody runs into: it is told like a missing permission. */
const limits: ReadonlySet<string> = new Set<PlatformRefusalCode>([
  'impersonation_limited',
  'impersonation_read_only',
])

/** Throws the error on, after the log was told of it where it is a refusal. Nothing happened, so nothing waits for it. */
export async function tellRefusal(
  told: { endpoint: AnyEndpoint; params: unknown; asker: Asker | null; facts: RequestFacts },
  error: unknown,
  on: Mounting,
): Promise<never> {
  const { endpoint, params, asker, facts } = told
  const forbidden = error instanceof Platform && error.code === 'forbidden'
  const limited = error instanceof Platform && limits.has(error.code)
  const refused = endpoint.method !== 'GET' && error instanceof Refused
  if (asker && (forbidden || limited || refused)) {
    const code = refused ? error.refusal.code : (error as Platform).code // one of the three it is
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
