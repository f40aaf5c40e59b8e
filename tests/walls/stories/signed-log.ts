/** The log as others check it. */
import * as audit from '#contract/audit'
import { entriesOf } from '../../harness/audit.ts'
import { lucieSignedIn } from '../../harness/newcomer.ts'
import { numbered } from '../../harness/sequencer.ts'
import type { TestServer } from '../../harness/server.ts'
import type { AnyInput } from '../../harness/browserless.ts'
import type { Call, LookStory, RefusalStory, WriteStory } from './story.ts'

/** Somebody who has fetched nothing of it yet: all of the log is one look. */
const fetching =
  (input?: AnyInput) =>
  async (server: TestServer): Promise<Call> => {
    const { browser } = await lucieSignedIn(server, 'auditor')
    await numbered(server)
    return { as: browser, ...(input && { input }) }
  }

export const writes: WriteStory[] = [
  {
    endpoint: audit.startAuditVerification,
    tell: async (server) => ({ as: await server.as('auditor') }),
  },
]

export const looks: LookStory[] = [
  { endpoint: audit.getAuditCheckpoint, tell: fetching() },
  { endpoint: audit.getAuditVerifierKey, tell: fetching() },
  {
    endpoint: audit.getAuditTile,
    // As wide as the tree makes it.
    async tell(server) {
      const { size } = await numbered(server)
      const place = size < 256 ? `entries/000.p/${size}` : 'entries/000'
      const { browser } = await lucieSignedIn(server, 'auditor')
      return { as: browser, input: { params: { '*': place } } }
    },
  },
  {
    endpoint: audit.downloadAuditProof,
    async tell(server) {
      await numbered(server)
      const [entry] = await entriesOf(server)
      return { as: await server.as('auditor'), input: { params: { id: entry?.id } } }
    },
  },
]

export const refusals: RefusalStory[] = [
  {
    endpoint: audit.downloadAuditProof,
    refusal: audit.entryNotNumbered,
    async tell(server) {
      await lucieSignedIn(server)
      const entries = await entriesOf(server)
      return { as: await server.as('auditor'), input: { params: { id: entries.at(-1)?.id } } }
    },
  },
]
