import type { StaffDetail, StaffMember } from '#contract/identity'

/** Who asks. */
export type Asker = { may: (permission: string) => boolean; me: string }

const managed = ({ manageable }: StaffMember, { may }: Asker) => manageable && may('staff.manage')
const another = ({ id }: StaffMember, { me }: Asker) => id !== me
const entered = ({ state }: StaffMember) => state === 'active' || state === 'enrolling'

/** What may be done with a colleague, for menus, bars and pages alike: what may not be done is not shown. */
export const staffCan = {
  edit: managed,
  resendInvitation: (member: StaffMember, asker: Asker) =>
    member.state === 'invited' && managed(member, asker),
  changeRoles: (member: StaffMember, asker: Asker) => managed(member, asker) && another(member, asker),
  sendPasswordReset: (member: StaffMember, asker: Asker) => entered(member) && managed(member, asker),
  /** Of others: one's own are on the page of one's account, where the present one is known. */
  endSessions: (member: StaffMember, asker: Asker) =>
    member.openSessions > 0 && another(member, asker) && asker.may('staff.manage'),
  suspend: (member: StaffMember, asker: Asker) =>
    member.state !== 'suspended' && managed(member, asker) && another(member, asker),
  reactivate: (member: StaffMember, asker: Asker) => member.state === 'suspended' && managed(member, asker),
  /** Another colleague's, once there is a factor to lose and nobody has asked yet. */
  askFactorReset: (member: StaffMember, asker: Asker, open: StaffDetail['factorReset'] = null) =>
    member.state === 'active' &&
    another(member, asker) &&
    asker.may('staff.reset_factors') &&
    (open === null || open.state === 'done' || open.state === 'cancelled'),
}
