/** What a member takes back, does too often, and what the team takes along. */
import * as support from '#contract/support'
import { uuidv7 } from '#platform/server/ids.ts'
import { asked, called } from '../../harness/support.ts'
import type { TenancyServer } from '../../harness/tenants.ts'
import type { LookStory, RefusalStory, WriteStory } from './story.ts'
import { picture, uploaded } from './tickets-conversation.ts'

/** Somebody who has done so much of it within the hour that there is room for no more. */
async function busy(server: TenancyServer, kind: string) {
  const { holder: as } = await server.openPractice('Yves Caron')
  const { id } = await asked(as)
  await server.db
    .insertInto('attemptCounters')
    .values({ key: `rate-${kind}:${as.memberId}`, points: 10_000, expire: Date.now() + 3_600_000 })
    .onConflict((known) => known.column('key').doUpdateSet({ points: 10_000 }))
    .execute()
  return { as, params: { id } }
}

export const writes: readonly WriteStory[] = [
  {
    endpoint: support.removeOwnAttachment,
    async tell(server) {
      const { holder: as } = await server.openPractice('Inès Garnier')
      const { id } = await asked(as)
      const attachmentId = await uploaded(as, support.addOwnAttachment, id)
      return { as, input: { params: { id, attachmentId } } }
    },
  },
]

export const looks: readonly LookStory[] = [
  {
    endpoint: support.exportTicket,
    async tell(server) {
      const as = await server.as('support')
      const { id } = await called(as)
      return { as, input: { params: { id } } }
    },
  },
  {
    endpoint: support.exportTicketWithNotes,
    async tell(server) {
      const as = await server.as('support')
      const { id } = await called(as)
      return { as, input: { params: { id } } }
    },
  },
]

export const refusals: readonly RefusalStory[] = [
  {
    endpoint: support.askForHelp,
    refusal: support.tooOften,
    async tell(server) {
      const { as } = await busy(server, 'help-asking')
      return { as, input: { body: { id: uuidv7(), subject: 'Encore', body: 'Encore une' } } }
    },
  },
  {
    endpoint: support.answerOwnTicket,
    refusal: support.tooOften,
    async tell(server) {
      const { as, params } = await busy(server, 'help-answering')
      return { as, input: { params, body: { body: 'Encore' } } }
    },
  },
  {
    endpoint: support.addOwnAttachment,
    refusal: support.tooOften,
    async tell(server) {
      const { as, params } = await busy(server, 'help-files')
      return { as, input: { params, query: { name: 'a.png' }, file: picture() } }
    },
  },
]
