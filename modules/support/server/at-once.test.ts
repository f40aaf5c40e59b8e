/**
 * Whatever people and jobs do with the same tickets at once, in whatever order: each is done or refused, and none stumbles.
 * What is done is drawn by lot; the seed of a run that stumbled is in its message.
 */
import { pino } from 'pino'
import { beforeAll, expect, test } from 'vitest'
import {
  addTicketNote,
  answerOwnTicket,
  followTicket,
  getTicket,
  listTicketMessages,
  markTicketRead,
  mergeTicket,
  moveTicketMessages,
  rateOwnTicket,
  reopenTicket,
  replyToTicket,
  resolveTicket,
  restoreTicket,
  saveTicketDraft,
  setTicketLink,
  setTicketWaiting,
  snoozeTicket,
  splitTicket,
  takeBackReply,
  trashTicket,
  undoTicketMove,
  updateTicket,
} from '#contract/support'
import type { AnyEndpoint } from '#platform/contract/endpoint.ts'
import { systemClock } from '#platform/server/clock.ts'
import { deskOf, supportAddress, withMailbox } from '../../../tests/harness/arriving.ts'
import type { AnyInput, Browserless } from '../../../tests/harness/browserless.ts'
import { freshStaff, type TestStaff } from '../../../tests/harness/impersonation.ts'
import { asked, promiseAnswers } from '../../../tests/harness/support.ts'
import { tenancyServer, type TestMember } from '../../../tests/harness/tenants.ts'
import { letLeave } from './conversation/leaving.ts'
import { forgetTrashed } from './forgetting/forgetting.ts'
import { replyAddress } from './mail-in/reply-address.ts'
import { mindPromises } from './promises/minding.ts'
import { recomputeOpen } from './promises/recomputing.ts'

/** What the server says of what it stumbled over. */
const lines: string[] = []
const server = await tenancyServer({
  env: withMailbox,
  log: pino({ level: 'error' }, { write: (line) => void lines.push(line) }),
})
const { db } = server
/** Ahead of everybody's: replies can leave, promises are late. */
const ahead = { now: () => new Date(systemClock.now().getTime() + 3 * 86_400_000) }
const errors: unknown[] = []
const desk = deskOf(server, ahead)
const { log } = desk.parts
const parts = {
  ...desk.parts,
  // What a job could not do it says, and goes on.
  log: Object.assign(Object.create(log) as typeof log, { error: (said: unknown) => errors.push(said) }),
}

let agents: TestStaff[]
let odile: TestMember
/** Of one of the two tickets. */
let number: number
beforeAll(async () => {
  await promiseAnswers(db)
  agents = await Promise.all(['support', 'administrator', 'billing'].map((role) => freshStaff(server, role)))
  odile = (await server.openPractice('Odile Perrin')).holder
}, 60_000)

/** mulberry32: the same draws by the same seed. */
function lot(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

type Draw = { one: <Value>(of: readonly Value[]) => Value; chance: () => number }
type Deed = [AnyEndpoint, AnyInput]
type Way = (draw: Draw, id: string, other: string, agent: Browserless) => Deed | Promise<Deed>

const said = async (agent: Browserless, id: string) =>
  (await agent.call(listTicketMessages, { params: { id } })).rows
const topics = ['agenda', 'facture', 'export', 'rappels']

const ofAgents: readonly Way[] = [
  async (draw, id, _, agent) => {
    const { revision } = await agent.call(getTicket, { params: { id } })
    const change = draw.one([
      { priority: draw.one(['low', 'normal', 'high', 'urgent']) },
      { assigneeId: draw.one([null, ...agents.map(({ staffId }) => staffId)]) },
      { tags: topics.filter(() => draw.chance() < 0.5) },
    ])
    return [updateTicket, { params: { id }, body: { revision, ...change } }]
  },
  async (draw, id, _, agent) => [
    replyToTicket,
    {
      params: { id },
      body: {
        body: 'Bonjour, nous regardons.',
        seenMessageId: (await said(agent, id)).at(-1)?.id ?? null,
        attachmentIds: [],
        thenDo: draw.one(['nothing', 'wait', 'resolve']),
      },
    },
  ],
  async (_draw, id, _, agent) => {
    const messageId = (await said(agent, id)).findLast(({ kind }) => kind === 'reply')?.id ?? id
    return [takeBackReply, { params: { id, messageId } }]
  },
  (draw, id) => [
    addTicketNote,
    { params: { id }, body: { body: 'Vu.', attachmentIds: [], mentions: [draw.one(agents).staffId] } },
  ],
  (draw, id) => [
    saveTicketDraft,
    { params: { id, kind: draw.one(['reply', 'note']) }, body: { body: 'Bonj' } },
  ],
  (draw, id) => [setTicketWaiting, { params: { id }, body: { waiting: draw.chance() < 0.5, why: '' } }],
  (_, id) => [resolveTicket, { params: { id } }],
  (_, id) => [reopenTicket, { params: { id } }],
  (draw, id) => [
    snoozeTicket,
    { params: { id }, body: { until: draw.one([null, new Date(Date.now() + 86_400_000).toISOString()]) } },
  ],
  (_, id) => [followTicket, { params: { id }, body: { following: true } }],
  (draw, id) => [markTicketRead, { params: { id }, body: { read: draw.chance() < 0.5 } }],
  (_, id, other) => [mergeTicket, { params: { id }, body: { intoId: other } }],
  (_, id, other) => [mergeTicket, { params: { id: other }, body: { intoId: id } }],
  async () => {
    const moves = await db.selectFrom('ticketMoves').where('undoneAt', 'is', null).select('id').execute()
    return [undoTicketMove, { params: { moveId: moves.at(-1)?.id ?? crypto.randomUUID() } }]
  },
  async (draw, id, other, agent) => {
    const rows = await said(agent, id)
    const messageIds = rows.length === 0 ? [id] : [draw.one(rows).id]
    return [moveTicketMessages, { params: { id }, body: { intoId: other, messageIds } }]
  },
  async (draw, id, _, agent) => {
    const rows = await said(agent, id)
    const messageIds = rows.length === 0 ? [id] : [draw.one(rows).id]
    return [splitTicket, { params: { id }, body: { subject: 'À part', messageIds } }]
  },
  (_, id) => [trashTicket, { params: { id } }],
  (_, id) => [restoreTicket, { params: { id } }],
  (draw, id, other) => [
    setTicketLink,
    { params: { id, kind: 'ticket', targetId: other }, body: { linked: draw.chance() < 0.7 } },
  ],
]
const ofCustomers: readonly Way[] = [
  (_, id) => [answerOwnTicket, { params: { id }, body: { body: 'Alors ?', attachmentIds: [] } }],
  (_, id) => [rateOwnTicket, { params: { id }, body: { score: 4, comment: '' } }],
]
const jobs: readonly (() => Promise<unknown>)[] = [
  () => letLeave(parts),
  () => recomputeOpen(db, ahead),
  () => mindPromises(db, parts),
  () => forgetTrashed(parts, db),
  () => desk.arrive({ from: odile.email, to: replyAddress(server.vault, supportAddress, number) }),
]

const rounds = 25
const atOnce = 8
const atMostMs = 20_000

test('two agents, a customer and the jobs, with the same tickets at once: nobody stumbles', async () => {
  const seed = Math.floor(Math.random() * 2 ** 31)
  const chance = lot(seed)
  const draw: Draw = { chance, one: (of) => of[Math.floor(chance() * of.length)]! } // of what is never empty
  const tickets = [await asked(odile), await asked(odile)]
  const pair = tickets.map(({ id }) => id)
  number = tickets[0]!.number // of two
  const stumbled: string[] = []
  const done = new Set<string>()
  const until = Date.now() + atMostMs

  const act = async () => {
    const [id, other] = chance() < 0.5 ? pair : pair.toReversed()
    const isCustomers = chance() < 0.2
    const who: Browserless = isCustomers ? odile : draw.one(agents)
    const [endpoint, input] = await draw.one(isCustomers ? ofCustomers : ofAgents)(draw, id!, other!, who) // of two
    const { status, text } = await who.ask(endpoint, input)
    if (status < 400) done.add(endpoint.path)
    if (status >= 500) stumbled.push(`${endpoint.method} ${endpoint.path}: ${status} ${text}`)
  }
  for (let round = 0; round < rounds && Date.now() < until; round++)
    await Promise.all([...Array.from({ length: atOnce }, act), draw.one(jobs)(), draw.one(jobs)()])

  expect(stumbled, `seed ${seed}\n${lines.join('')}`).toEqual([])
  expect(errors, `seed ${seed}`).toEqual([])
  // Had everything been refused, nothing would have been tried.
  expect(done.size, `seed ${seed}`).toBeGreaterThan(5)
}, 90_000)
