/** What identity writes to people by mail: who is written to, where a link leads, and when and where from things happened. */
import type { CentralDb } from '#platform/server/db.ts'
import { describe } from './devices/describing.ts'
import type { LinkKind } from './links/tokens.ts'
import type { Parts } from './parts.ts'

export type Addressee = { id: string; firstName: string; lastName: string; email: string; language: string }

/** Pages of the back-office; the token stands in the fragment, which neither servers nor their logs see. */
const pages: Readonly<Record<LinkKind, string>> = {
  invitation: '/invitation',
  password_reset: '/password',
  factor_enrolment: '/enrolment',
  factor_reset_refusal: '/factor-reset-refusal',
}

/**
 * Queues a mail to somebody of the team, within the caller's transaction.
 * @param letter `about`: its messages are `identity.mail.<about>`; `link`: where its button leads; `to`: another address
 */
export async function write(
  { mail, backofficeUrl }: Pick<Parts, 'mail' | 'backofficeUrl'>,
  db: CentralDb,
  person: Addressee,
  letter: {
    about: string
    values?: Readonly<Record<string, string | number>>
    link?: { kind: LinkKind; token: string }
    /** Or a page without a token. */
    page?: `/${string}`
    to?: string
  },
): Promise<void> {
  const { link } = letter
  const page = link ? `${pages[link.kind]}#${link.token}` : letter.page
  const name = `${person.firstName} ${person.lastName}`
  await mail.send(db, {
    to: { email: letter.to ?? person.email, name },
    language: person.language,
    template: `identity.mail.${letter.about}`,
    values: { name, ...letter.values },
    ...(page && { action: { url: new URL(page, backofficeUrl).href } }),
    staffId: person.id,
  })
}

/** « vendredi 27 février 2026 à 09:33 », as a mail says it. */
export function momentFor({ language }: Pick<Addressee, 'language'>, instant: Date): string {
  return new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : 'fr-FR', {
    dateStyle: 'full',
    timeStyle: 'short',
    timeZone: 'Europe/Paris',
  }).format(instant)
}

/** The values by which a mail says from which browser and address something was done. */
export function fromWhere(request: { ip: string; userAgent: string }) {
  const { browser, system } = describe(request)
  const agent = browser && system ? 'known' : 'unknown'
  return { agent, browser: browser ?? '', system: system ?? '', ip: request.ip }
}
