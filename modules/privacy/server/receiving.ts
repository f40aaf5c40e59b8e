import {
  correctPrivacyRequest,
  deadlineFor,
  monthsWhenExtended,
  receivePrivacyRequest,
  type RequestChanges,
  type RequestFields,
} from '#contract/privacy'
import { handle, WrongField, type Context } from '#platform/server/requests.ts'
import { wholeRequest } from './listing.ts'
import { changeRequest, clientNamed, insertRequest, type Columns } from './queries.ts'
import { checkDone, heldUnanswered, takeStep, type HeldRequest } from './taking-steps.ts'

/** The day the GDPR began to apply (article 99): a request of before is a slip of the keyboard. */
const firstDay = '2018-05-25'

export const receiving = handle(receivePrivacyRequest, async (ctx, { body }) => {
  const { kind, channel, receivedOn, wording } = body
  checkReceipt(ctx, receivedOn)
  const person = await personOf(ctx, body)
  const { on: dueOn } = deadlineFor(receivedOn)
  const request = await insertRequest(ctx.db, {
    kind,
    channel,
    receivedOn,
    wording,
    ...person,
    firstDueOn: dueOn,
    dueOn,
    createdAt: ctx.clock.now(),
    createdBy: ctx.actor.staffId,
  })
  await takeStep(
    ctx,
    request,
    { kind: 'received', day: receivedOn },
    { after: { kind, channel, receivedOn, dueOn, clientId: person.clientId } },
  )
  return wholeRequest(ctx, request.id)
})

export const correcting = handle(correctPrivacyRequest, async (ctx, { params: { id }, body }) => {
  const request = await heldUnanswered(ctx, id)
  const wished = await correctedColumns(ctx, request, body)
  const changed = Object.entries(wished).filter(
    ([column, value]) => value !== undefined && request[column as keyof HeldRequest] !== value,
  )
  await changeRequest(ctx.db, id, Object.fromEntries(changed))
  const changes = changed.map(([column, after]) => ({
    field: column,
    before: request[column as keyof HeldRequest],
    after,
  }))
  const told = changes.filter(({ field }) => !personal.has(field))
  await takeStep(
    ctx,
    request,
    { kind: 'corrected', changes },
    {
      before: Object.fromEntries(told.map(({ field, before }) => [field, before])),
      after: {
        ...Object.fromEntries(told.map(({ field, after }) => [field, after])),
        fields: changes.map(({ field }) => field),
      },
    },
  )
  return wholeRequest(ctx, id)
})

/** The log says that these changed, the register says how: it can be erased, and is not read by everybody who audits. */
const personal = new Set(['personName', 'personEmail', 'wording'])

/** What the columns should hold; what is undefined was not spoken of. */
type Wish = { [Column in keyof Columns]?: Columns[Column] | undefined }

async function correctedColumns(
  ctx: Context,
  request: HeldRequest,
  { clientId, name, email, receivedOn = request.receivedOn, ...plain }: RequestChanges,
): Promise<Wish> {
  checkReceipt(ctx, receivedOn)
  const deadline = (months?: number) => deadlineFor(receivedOn, months).on
  const columns: Wish = {
    ...plain,
    receivedOn,
    firstDueOn: deadline(),
    dueOn: request.isExtended ? deadline(monthsWhenExtended) : deadline(),
  }
  if (clientId === undefined && name === undefined && email === undefined) return columns
  const person = await personOf(ctx, {
    clientId: clientId === undefined ? request.clientId : clientId,
    name: name ?? request.personName,
    email: email === undefined ? request.personEmail : email,
  })
  const isAnother =
    person.clientId !== request.clientId ||
    person.personName !== request.personName ||
    person.personEmail !== request.personEmail
  return { ...columns, ...person, ...(isAnother && { identityCheckedOn: null }) }
}

function checkReceipt(ctx: Context, receivedOn: string): void {
  checkDone(ctx, 'receivedOn', receivedOn)
  if (receivedOn < firstDay) throw new WrongField('body', 'receivedOn', 'day_before_gdpr')
}

/** A client is called what the client is called; anybody else what was typed. */
async function personOf(
  ctx: Pick<Context, 'db'>,
  { clientId, name, email }: Pick<RequestFields, 'clientId' | 'name' | 'email'>,
): Promise<Pick<Columns, 'clientId' | 'personName' | 'personEmail'>> {
  if (clientId === null) {
    if (name === '') throw new WrongField('body', 'name', 'person_missing')
    return { clientId, personName: name, personEmail: email }
  }
  const client = await clientNamed(ctx.db, clientId)
  if (!client) throw new WrongField('body', 'clientId', 'person_client_unknown')
  return { clientId, personName: client.name, personEmail: client.email }
}
