import { getMemberEnvironment } from '#contract/identity'
import { handle, type CentralHandler } from '#platform/server/requests.ts'
import type { MemberParts } from './parts.ts'

export function memberEnvironment({
  environment: name,
  backofficeUrl,
}: Pick<MemberParts, 'environment' | 'backofficeUrl'>): CentralHandler {
  const mailsUrl = name === 'demonstration' ? new URL('/demonstration/mails', backofficeUrl).href : null
  return handle(getMemberEnvironment, async () => ({ name, mailsUrl }))
}
