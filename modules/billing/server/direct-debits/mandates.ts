import {
  addMandate,
  listMandates,
  mandateEnded,
  mandateExists,
  mandateReferenceTaken,
  revealMandateIban,
  revokeMandate,
  type Mandate,
} from '#contract/billing'
import { dayOf } from '#platform/server/clock.ts'
import { breaks } from '#platform/server/db.ts'
import { uuidv7 } from '#platform/server/ids.ts'
import { found, handle, refuse, WrongField, type Context, type Handler } from '#platform/server/requests.ts'
import type { Vault } from '#platform/server/vault.ts'
import { clientSeen } from '../payments/listing-queries.ts'
import { mainCompany } from '../settings/in-force.ts'
import { within } from '../within.ts'
import { ibanPlace } from './places.ts'
import { endMandate, insertMandate, mandateRow, mandatesShown, sealedIban } from './queries.ts'

type Row = Awaited<ReturnType<typeof mandatesShown>>[number]

const shownOf = ({ clientId, firstName, lastName, email, ...row }: Row): Mandate => ({
  ...row,
  client: { id: clientId, firstName, lastName, email },
  state: row.state as Mandate['state'], // the column's CHECK holds the same three
  createdAt: row.createdAt.toISOString(),
  endedAt: row.endedAt?.toISOString() ?? null,
})

const mandateById = async (ctx: Pick<Context, 'db' | 'actor'>, id: string): Promise<Mandate> =>
  shownOf(found((await mandatesShown(ctx.db, { mine: within(ctx.actor, 'invoices.read'), id }))[0]))

/** The client's number and when it was made: nobody else's, and short enough to be read over the telephone. */
const newReference = (id: string): string => `MGP-${id.replaceAll('-', '').slice(0, 24).toUpperCase()}`

export const mandateHandlers = ({ vault }: { vault: Vault }): readonly Handler[] => [
  handle(listMandates, async (ctx, { query }) => ({
    rows: (await mandatesShown(ctx.db, { mine: within(ctx.actor, 'invoices.read'), ...query })).map(shownOf),
  })),

  handle(addMandate, async (ctx, { body: { iban, ...body } }) => {
    if (body.signedOn > dayOf(ctx.clock.now())) throw new WrongField('body', 'signedOn', 'day_in_future')
    if (!(await clientSeen(ctx.db, body.clientId, within(ctx.actor, 'invoices.read'))))
      throw new WrongField('body', 'clientId', 'client_unknown')
    const { id: companyId } = await mainCompany(ctx.db)
    const id = uuidv7(ctx.clock.now().getTime())
    const ibanEnding = iban.slice(-4)
    const row = { ...body, id, companyId, reference: body.reference ?? newReference(id), ibanEnding }
    await insertMandate(ctx.db, {
      ...row,
      ibanSealed: vault.seal(Buffer.from(iban), ibanPlace(id)),
      createdBy: ctx.actor.staffId,
    }).catch((error: unknown) => {
      if (breaks(error, 'one_active_mandate_a_client')) throw refuse(mandateExists)
      throw breaks(error, 'sepa_mandates_reference_key') ? refuse(mandateReferenceTaken) : error
    })
    ctx.record({ object: 'mandate', id, after: row })
    return mandateById(ctx, id)
  }),

  handle(revokeMandate, async (ctx, { params: { id }, body: { reason } }) => {
    await mandateById(ctx, id)
    const { state } = found(await mandateRow(ctx.db, id))
    if (state !== 'active') throw refuse(mandateEnded)
    await endMandate(ctx.db, id, 'revoked', ctx.clock.now())
    ctx.record({ object: 'mandate', id, before: { state }, after: { state: 'revoked' }, reason })
    return mandateById(ctx, id)
  }),

  handle(revealMandateIban, async (ctx, { params: { id } }) => {
    const { ibanSealed } = found(await sealedIban(ctx.db, id, within(ctx.actor, 'invoices.read')))
    const iban = vault.open(ibanSealed, ibanPlace(id)).toString()
    ctx.record({ object: 'mandate', id })
    return { iban }
  }),
]
