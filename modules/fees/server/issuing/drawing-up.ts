/** From chosen lines to what a note will say: the same for a preview and for the note itself. */
import { mentionsMissing, notBillable, unprintable, type DueRef } from '#contract/fees'
import { refuse, WrongField, type TenantContext } from '#platform/server/requests.ts'
import { Unprintable } from '#platform/server/typeset.ts'
import { duesNamed, type DueRow } from '../dues-queries.ts'
import type { HouseNow } from '../house.ts'
import { contentOf, type NoteContent } from './content.ts'
import {
  addresseeOf,
  monSoutienPsyAmong,
  paidOf,
  practiceMentions,
  profileMentions,
  type Addressee,
} from './mention-queries.ts'
import { missingOf } from './mentions.ts'

type Chosen = { patientId: string; items: readonly DueRef[]; payerId: string | undefined }

export type DrawnUp = {
  practitionerId: string
  /** In the order of time. */
  dues: DueRow[]
  /** What the note says, once it has a number and a day. */
  content(number: string, issuedOn: string): Promise<NoteContent>
}

/** @throws Refused, WrongField */
export async function drawnUp(
  { db }: Pick<TenantContext, 'db'>,
  { patientId, items, payerId }: Chosen,
  house: HouseNow,
  place: 'body' | 'query',
): Promise<DrawnUp> {
  const dues = await duesNamed(db, items, house)
  const [practitionerId, ...others] = new Set(dues.map((due) => due.practitionerId))
  const fits = (due: DueRow) =>
    due.patientId === patientId && (due.at <= house.now || due.status !== 'planned')
  const distinct = new Set(items.map(({ kind, id }) => `${kind} ${id}`)).size
  if (practitionerId === undefined || others.length > 0 || dues.length < distinct || !dues.every(fits))
    throw refuse(notBillable)
  const addressee = await addresseeOf(db, patientId, payerId)
  if (!addressee) throw new WrongField(place, place === 'body' ? 'payerId' : 'payer', 'payer_unknown')
  return {
    practitionerId,
    dues,
    content: (number, issuedOn) => contentNow(db, { practitionerId, dues, addressee, number, issuedOn }),
  }
}

type Drawing = {
  practitionerId: string
  dues: readonly DueRow[]
  addressee: Addressee
  number: string
  issuedOn: string
}

async function contentNow(
  db: TenantContext['db'],
  { practitionerId, dues, addressee, number, issuedOn }: Drawing,
): Promise<NoteContent> {
  const practice = await practiceMentions(db)
  const profile = await profileMentions(db, practitionerId)
  const fields = missingOf(practice, profile)
  if (fields.length > 0)
    throw refuse(mentionsMissing, { details: { fields, practitionerId }, values: { field: fields[0] ?? '' } })
  const sessions = await monSoutienPsyAmong(db, dues)
  return contentOf({
    number,
    issuedOn,
    practice,
    profile,
    addressee,
    dues: dues.map((due) => ({ ...due, monSoutienPsy: sessions.has(due.id) })),
    paid: await paidOf(db, dues),
  })
}

/** What no font can write is refused in a sentence that shows it. */
export function printable<R>(print: () => R): R {
  try {
    return print()
  } catch (error) {
    if (!(error instanceof Unprintable)) throw error
    const { characters } = error
    throw refuse(unprintable, { details: { characters }, values: { characters: characters.join(' ') } })
  }
}
