/** What identity writes to the practices' people. */
import type { CentralDb } from '#platform/server/db.ts'
import type { Addressee } from '../letters.ts'
import type { MemberLinkKind } from './links.ts'
import type { MemberParts } from './parts.ts'

/** Pages of the practice app; the token stands in the fragment, which neither servers nor their logs see. */
const pages: Readonly<Record<MemberLinkKind, string>> = {
  invitation: '/invitation',
  password_reset: '/password',
}

/** Queues a mail to a member, within the caller's transaction. @param letter its messages are `identity.mail.member_<about>` */
export async function writeToMember(
  { mail, practiceUrl }: Pick<MemberParts, 'mail' | 'practiceUrl'>,
  db: CentralDb,
  person: Omit<Addressee, 'id'>,
  letter: {
    about: string
    values?: Readonly<Record<string, string | number>>
    link?: { kind: MemberLinkKind; token: string }
    /** Or a page without a token. */
    page?: `/${string}`
  },
): Promise<void> {
  const { link } = letter
  const page = link ? `${pages[link.kind]}#${link.token}` : letter.page
  const name = `${person.firstName} ${person.lastName}`
  await mail.send(db, {
    to: { email: person.email, name },
    language: person.language,
    template: `identity.mail.member_${letter.about}`,
    values: { name, ...letter.values },
    ...(page && { action: { url: new URL(page, practiceUrl).href } }),
  })
}
