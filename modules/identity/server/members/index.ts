/** The members' side of identity: who is there on the practice host, and how people come into a practice and leave it. */
import type { CentralDb } from '#platform/server/db.ts'
import type { Errand, Schedule } from '#platform/server/jobs.ts'
import type { NewsDesk } from '#platform/server/news.ts'
import type { Handler, MemberActor, RequestFacts } from '#platform/server/requests.ts'
import type { Parts } from '../parts.ts'
import type { Asks } from '../session-cache.ts'
import { memberAccount } from './account.ts'
import { askingMemberReset } from './asking-reset.ts'
import { choosingMemberPassword } from './choosing-password.ts'
import { listingDemonstrationMembers } from './demonstrating.ts'
import { forgetMemberDevices } from './devices.ts'
import { memberEnvironment } from './environment.ts'
import { inviteMember, invitingMembers, type Invitation, type Invited } from './inviting.ts'
import { leaving } from './leaving.ts'
import { forgetMemberLinks } from './links.ts'
import { listingMembers } from './listing.ts'
import { openingMemberLinks } from './opening-links.ts'
import type { MemberParts, Practices } from './parts.ts'
import { memberPasskeys } from './passkeys.ts'
import { forgetRequests } from './queries.ts'
import { forgetMemberSessions } from './session-queries.ts'
import { impersonatedMe, memberAsking, memberReader, memberSessions } from './sessions.ts'
import { signingInMembers } from './signing-in.ts'
import { signingInMembersByPasskey } from './signing-in-by-passkey.ts'
import { steppingUpMembers } from './stepping-up.ts'
import { practiceLostBy, switchingPractice } from './switching.ts'
import { changingColleagues } from './team/changing.ts'
import { endingGrants } from './team/ending.ts'
import { invitingColleagues } from './team/inviting.ts'
import { listingColleagues } from './team/listing.ts'
import { secondFactorsOfTeam } from './factors-of-team.ts'

export { seedDemonstrationMember, type DemonstrationMember } from './demonstrating.ts'
export type { Invitation, Invited } from './inviting.ts'
export type { KnownPractice, Practices } from './parts.ts'

export type Members = {
  /** Who asks on the practice host; asked passively it is no use of the session. */
  whichMember: Asks<MemberActor>
  /** A member as they would be asking, for whoever stands in for them; null when they left or may not come in. */
  asking(memberId: string): ReturnType<typeof memberAsking>
  /** Who a member is shown to be, when somebody stands in for them. */
  impersonatedMe(db: CentralDb, who: Parameters<typeof impersonatedMe>[2]): ReturnType<typeof impersonatedMe>
  /** Where the session's cookie names nobody: the practice whose access ended, if that is why. */
  practiceLost(facts: RequestFacts): Promise<string | null>
  /** Lets somebody into a practice, in the caller's transaction; changes and mails nothing when they are in it already. */
  invite(db: CentralDb, invitation: Invitation): Promise<Invited>
  handlers: readonly Handler[]
  errands: readonly Errand[]
  schedules: readonly Schedule[]
}

const day = 24 * 3_600_000

export function membersOf(on: Parts & { desk: NewsDesk }, practices: Practices): Members {
  const parts: MemberParts = { ...on, ...practices }
  const passwordLinks = askingMemberReset(parts)
  const departures = leaving(parts)
  return {
    whichMember: memberReader(parts, on.desk),
    asking: (memberId) => memberAsking(parts, memberId),
    impersonatedMe: (db, who) => impersonatedMe(parts, db, who),
    practiceLost: (request) => practiceLostBy({ ...parts, request }),
    invite: (db, invitation) => inviteMember(parts, db, invitation),
    handlers: [
      ...signingInMembers(parts),
      ...signingInMembersByPasskey(parts),
      ...memberSessions(parts),
      ...switchingPractice(parts),
      ...steppingUpMembers(parts),
      ...memberAccount(parts),
      ...memberPasskeys(parts),
      memberEnvironment(parts),
      passwordLinks.handler,
      openingMemberLinks(parts),
      choosingMemberPassword(parts),
      listingMembers(parts),
      ...invitingMembers(parts),
      ...departures.handlers,
      listingColleagues(parts),
      ...invitingColleagues(parts),
      ...changingColleagues(parts),
      ...secondFactorsOfTeam(parts),
      listingDemonstrationMembers(parts.environment, parts),
    ],
    errands: [passwordLinks.errand, departures.errand],
    schedules: [
      endingGrants(parts),
      {
        name: 'expired-members-traces',
        cron: '37 * * * *',
        async run(db) {
          const now = parts.clock.now()
          const ago = (days: number) => new Date(now.getTime() - days * day)
          await forgetMemberLinks(db, now)
          await forgetRequests(db, ago(1))
          await forgetMemberSessions(db, { signIns: now, sessions: ago(90) })
          await forgetMemberDevices(db, ago(365))
        },
      },
    ],
  }
}
