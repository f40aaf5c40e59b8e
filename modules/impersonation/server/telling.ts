/** Who hears of it: both sides' screens, and the practice by mail, as the policy says. */
import type { Impersonation } from '#contract/impersonation'
import { peopleWith } from '#server/access'
import type { CentralDb } from '#platform/server/db.ts'
import type { Whisper } from '#platform/server/news.ts'
import type { Parts } from './parts.ts'
import { setTold, toBeTold } from './queries.ts'

type About = { id: string; tenantId: string }

/** News for both sides. That sessions begin, sleep, wake or end is heard by every process. */
export function newsOf({ id, tenantId }: About): Whisper[] {
  return [
    { topic: 'impersonations', id, needs: 'impersonation.read' },
    { topic: 'accesses', id, tenant: tenantId, needs: 'cabinet.accesses' },
    { topic: 'sessions' },
  ]
}

type Letter = 'asked' | 'began' | 'ended' | 'glass_broken'

/** To whom the practice belongs, and to the practitioner it is about. */
export async function writeToPractice(
  { mail, practiceUrl }: Pick<Parts, 'mail' | 'practiceUrl'>,
  db: CentralDb,
  about: Letter,
  { id, actor, subject, tenant, policy, reason, reference, mayWrite, minutes, acts }: Impersonation,
): Promise<void> {
  for (const { email, firstName, lastName, language } of await toBeTold(db, tenant.id, subject.id)) {
    const name = `${firstName} ${lastName}`
    await mail.send(db, {
      to: { email, name },
      language: language === 'en' ? 'en' : 'fr',
      template: `impersonation.mail.${about}`,
      values: {
        name,
        actor: actor.name,
        subject: subject.name,
        own: subject.name === name ? 'yes' : 'no',
        practice: tenant.name,
        policy,
        reason,
        reference: reference || 'none',
        mode: mayWrite ? 'write' : 'read',
        minutes,
        acts,
      },
      action: { url: new URL(`/accesses/${id}`, practiceUrl).href },
    })
  }
}

/** What it begins with: all are told at once but those whose policy is to be told afterwards. */
export async function tellBegin(parts: Parts, db: CentralDb, one: Impersonation, now: Date): Promise<void> {
  if (one.policy === 'free') return
  await writeToPractice(parts, db, one.breakGlass ? 'glass_broken' : 'began', one)
  await setTold(db, one.id, 'toldBeginAt', now)
}

/** Whoever was not told when it began is told now. */
export async function tellEnd(parts: Parts, db: CentralDb, one: Impersonation, now: Date): Promise<void> {
  if (one.policy !== 'free' || one.startedAt === null) return
  await writeToPractice(parts, db, 'ended', one)
  await setTold(db, one.id, 'toldEndAt', now)
}

/** Loudly: everybody of the team who may let somebody in like this hears that somebody wants to. */
export async function tellTeam(
  { mail, backofficeUrl }: Pick<Parts, 'mail' | 'backofficeUrl'>,
  db: CentralDb,
  { id, actor, subject, tenant, reason }: Impersonation,
): Promise<void> {
  for (const holder of await peopleWith(db, 'impersonation.approve')) {
    if (holder.id === actor.id) continue
    await mail.send(db, {
      to: holder,
      language: holder.language,
      template: 'impersonation.mail.glass_waiting',
      values: { name: holder.name, actor: actor.name, subject: subject.name, practice: tenant.name, reason },
      action: { url: new URL(`/impersonations/${id}`, backofficeUrl).href },
      staffId: holder.id,
    })
  }
}
