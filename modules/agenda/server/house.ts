/** What every answer of the agenda stands on: the practice's clock and rules, whose agendas there are, who asks. */
import type { Practitioner } from '#contract/agenda'
import type { Territory } from '#platform/contract/french-holidays.ts'
import { WrongField, type TenantContext } from '#platform/server/requests.ts'
import { houseRow } from './house-queries.ts'

export type House = {
  timeZone: string
  holidays: Territory
  lateWindowHours: number
  lateSharePercent: number
  noShowSharePercent: number
  practitioners: readonly Practitioner[]
}

export async function houseOf({ db }: Pick<TenantContext, 'db'>): Promise<House> {
  const row = await houseRow(db)
  return { ...row, holidays: row.holidays as Territory } // checked by the table
}

/** What of an appointment the asking member may know. */
export type Sees = { patients: boolean; fees: boolean }

export const whatIsSeen = ({ member }: Pick<TenantContext, 'member'>): Sees => ({
  patients: member.permissions.has('patients.read'),
  fees: member.permissions.has('fees.read'),
})

export const handlesFees = ({ member }: Pick<TenantContext, 'member'>) =>
  member.permissions.has('fees.manage')

/**
 * Whose agenda is meant: the one that was named, the only one there is, or their own.
 * @throws WrongField where none of these says
 */
export function whoseAgenda(
  { practitioners }: House,
  asked: string | undefined,
  { member }: Pick<TenantContext, 'member'>,
  place: 'body' | 'query' | 'params' = 'body',
): string {
  const own = practitioners.find(({ memberId }) => memberId === member.memberId)
  const only = practitioners.length === 1 ? practitioners[0] : undefined
  const meant = asked === undefined ? (only ?? own) : practitioners.find(({ memberId }) => memberId === asked)
  if (!meant)
    throw new WrongField(place, place === 'params' ? 'id' : 'practitionerId', 'practitioner_unknown')
  return meant.memberId
}
