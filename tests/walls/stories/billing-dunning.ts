/** Whoever is late is reminded. */
import { randomUUID } from 'node:crypto'
import * as billing from '#contract/billing'
import { seedSettings } from '#server/billing'
import { tellStories } from '../../harness/billing-stories.ts'
import type { TenancyServer } from '../../harness/tenants.ts'
import type { RefusalStory, WriteStory } from './story.ts'

const day = (daysAgo: number) => new Date(Date.now() - daysAgo * 86_400_000).toISOString().slice(0, 10)

async function late(server: TenancyServer, daysLate = 10) {
  await seedSettings(server.db)
  const stories = await tellStories(server.pool)
  const client = await stories.client(`Anne Martin${Math.random().toString(36).slice(2)}`)
  // Numbers of its own: other stories count theirs from one on the same database.
  const [row] = await stories.run(
    `INSERT INTO invoices (client_id, kind, state, origin, number, issued_on, due_on, total_excl_cents, total_vat_cents)
     VALUES ($1, 'invoice', 'issued', 'import', $2, $3, $4, 2417, 483) RETURNING id`,
    client,
    `R-${randomUUID()}`,
    day(daysLate + 30),
    day(daysLate),
  )
  const invoice = String(row?.['id'])
  return { stories, client, invoice, as: await server.as('billing') }
}

async function lookedAt(server: TenancyServer) {
  const { as, invoice, stories } = await late(server)
  const params = { id: invoice }
  const { letter, claim } = await as.call(billing.previewLetter, { params })
  if (!letter) throw new Error('a letter is ready')
  const { step, subject, body } = letter
  return {
    as,
    stories,
    invoice,
    input: { params, body: { step, subject, body, outstandingCents: claim.outstandingCents } },
  }
}

export const writes: WriteStory[] = [
  { endpoint: billing.sendLetter, tell: lookedAt },
  {
    endpoint: billing.startDunning,
    async tell(server) {
      const { as, invoice } = await late(server)
      return { as, input: { body: { ids: [invoice] } } }
    },
  },
  {
    endpoint: billing.pauseDunning,
    async tell(server) {
      const { as, client } = await late(server)
      return { as, input: { params: { id: client }, body: { why: 'Échéancier convenu' } } }
    },
  },
  {
    endpoint: billing.resumeDunning,
    async tell(server) {
      const { as, client } = await late(server)
      const params = { id: client }
      await as.call(billing.pauseDunning, { params, body: { why: 'Échéancier convenu' } })
      return { as, input: { params } }
    },
  },
]

export const refusals: RefusalStory[] = [
  {
    endpoint: billing.previewLetter,
    refusal: billing.nothingLate,
    async tell(server) {
      const { as, invoice } = await late(server, -5)
      return { as, input: { params: { id: invoice } } }
    },
  },
  {
    endpoint: billing.sendLetter,
    refusal: billing.letterOutdated,
    async tell(server) {
      const { as, input, stories, invoice } = await lookedAt(server)
      await stories.pay(invoice, 100, day(0))
      return { as, input }
    },
  },
  {
    endpoint: billing.sendLetter,
    refusal: billing.nothingLate,
    async tell(server) {
      const { input, stories, invoice } = await lookedAt(server)
      await stories.pay(invoice, 2_900, day(0))
      return { as: await server.as('administrator'), input }
    },
  },
]
