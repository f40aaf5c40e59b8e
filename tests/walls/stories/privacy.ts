import * as privacy from '#contract/privacy'
import { dayOf } from '#platform/server/clock.ts'
import type { TestServer } from '../../harness/server.ts'
import type { LookStory, RefusalStory, WriteStory } from './story.ts'

const today = () => dayOf(new Date())
const nadege = (server: TestServer) => server.as('compliance')

/** Yvonne, who is no client, asks for something. */
const asked = (over: Partial<privacy.RequestFields> = {}): privacy.RequestFields => ({
  kind: 'access',
  clientId: null,
  name: 'Yvonne Delaunay',
  email: 'yvonne.delaunay@example.com',
  receivedOn: today(),
  channel: 'email',
  wording: 'Que savez-vous de moi ?',
  ...over,
})

const received = async (server: TestServer, over: Partial<privacy.RequestFields> = {}) =>
  (await nadege(server)).call(privacy.receivePrivacyRequest, { body: asked(over) })

async function aClient(server: TestServer): Promise<string> {
  const { id } = await server.db
    .insertInto('clients')
    .values({
      kind: 'practitioner',
      status: 'active',
      lastName: 'Arnaud',
      firstName: 'Roxane',
      email: `roxane.${crypto.randomUUID()}@example.com`,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

const check = () => ({ method: 'account' as const, checkedOn: today() })
const answer = (outcome: privacy.Outcome) => ({ outcome, answeredOn: today() })
const told = () => ({ toldOn: today(), reason: 'Des archives sur papier' })

async function identified(server: TestServer, over: Partial<privacy.RequestFields> = {}) {
  const { id } = await received(server, over)
  return (await nadege(server)).call(privacy.checkIdentity, { params: { id }, body: check() })
}

async function answered(server: TestServer) {
  const { id } = await received(server)
  return (await nadege(server)).call(privacy.answerPrivacyRequest, {
    params: { id },
    body: answer('withdrawn'),
  })
}

const letter = () => new Blob(['%PDF-1.7\nla réponse'], { type: 'application/pdf' })
const named = { name: 'réponse.pdf' }

async function entryOfTheLog(server: TestServer): Promise<string> {
  const { id } = await server.db.selectFrom('auditLog').select('id').limit(1).executeTakeFirstOrThrow()
  return id
}

/** As many proofs as a request keeps. */
async function fullOfProofs(server: TestServer): Promise<string> {
  const { id } = await received(server)
  const reference = await entryOfTheLog(server)
  for (let n = 0; n < privacy.maxProofs; n++)
    await (
      await nadege(server)
    ).call(privacy.addProofLink, { params: { id }, body: { kind: 'audit_entry', reference } })
  return id
}

/** An act on a request that the story makes. */
const on = (
  endpoint: WriteStory['endpoint'],
  request: (server: TestServer) => Promise<{ id: string }>,
  input: (server: TestServer) => object | Promise<object> = () => ({}),
): WriteStory => ({
  endpoint,
  tell: async (server) => ({
    as: await nadege(server),
    input: { params: { id: (await request(server)).id }, ...(await input(server)) },
  }),
})

const refusing = (refusal: RefusalStory['refusal'], story: WriteStory): RefusalStory => ({
  ...story,
  refusal,
})

const noted = () => ({ body: { note: 'Rappelée ce matin' } })
const reopening = () => ({ body: { reason: 'Réponse incomplète' } })
const linked = async (server: TestServer) => ({
  body: { kind: 'audit_entry', reference: await entryOfTheLog(server) },
})
const ofClient = async (server: TestServer) => identified(server, { clientId: await aClient(server) })

export const writes: WriteStory[] = [
  {
    endpoint: privacy.receivePrivacyRequest,
    tell: async (server) => ({ as: await nadege(server), input: { body: asked() } }),
  },
  on(privacy.correctPrivacyRequest, received, () => ({ body: { kind: 'erasure' } })),
  on(privacy.demandIdentityProof, received, () => ({
    body: { demandedOn: today(), note: 'Adresse inconnue' },
  })),
  on(privacy.checkIdentity, received, () => ({ body: check() })),
  on(privacy.extendPrivacyRequest, received, () => ({ body: told() })),
  on(privacy.addStep, received, noted),
  on(privacy.answerPrivacyRequest, identified, () => ({ body: answer('granted') })),
  on(privacy.reopenPrivacyRequest, answered, reopening),
  on(privacy.addProofFile, received, () => ({ query: named, file: letter() })),
  on(privacy.addProofLink, received, linked),
  on(privacy.prepareCopy, ofClient),
  on(privacy.forgetTickets, (server) => identified(server, { kind: 'erasure' })),
]

/** Reading a request is written down, and so is reading a proof. */
export const looks: LookStory[] = [
  on(privacy.getPrivacyRequest, received),
  {
    endpoint: privacy.downloadProof,
    async tell(server) {
      const { id } = await received(server)
      const reply = await (
        await nadege(server)
      ).ask(privacy.addProofFile, { params: { id }, query: named, file: letter() })
      const { proofs } = privacy.PrivacyRequest.parse(JSON.parse(reply.text))
      return { as: await server.as('auditor'), input: { params: { id, proof: proofs[0]?.id } } }
    },
  },
]

export const refusals: RefusalStory[] = [
  ...[
    on(privacy.correctPrivacyRequest, answered, () => ({ body: { kind: 'erasure' } })),
    on(privacy.demandIdentityProof, answered, () => ({ body: { demandedOn: today(), note: 'Doute' } })),
    on(privacy.checkIdentity, answered, () => ({ body: check() })),
    on(privacy.extendPrivacyRequest, answered, () => ({ body: told() })),
    on(privacy.answerPrivacyRequest, answered, () => ({ body: answer('withdrawn') })),
  ].map((story) => refusing(privacy.requestAnswered, story)),
  refusing(privacy.requestNotAnswered, on(privacy.reopenPrivacyRequest, received, reopening)),
  refusing(
    privacy.alreadyExtended,
    on(
      privacy.extendPrivacyRequest,
      async (server) => {
        const { id } = await received(server)
        return (await nadege(server)).call(privacy.extendPrivacyRequest, { params: { id }, body: told() })
      },
      () => ({ body: told() }),
    ),
  ),
  refusing(
    privacy.identityNotChecked,
    on(privacy.answerPrivacyRequest, received, () => ({ body: answer('granted') })),
  ),
  refusing(
    privacy.proofTypeRefused,
    on(privacy.addProofFile, received, () => ({
      query: named,
      file: new Blob(['<script>'], { type: 'application/pdf' }),
    })),
  ),
  refusing(
    privacy.tooManyProofs,
    on(
      privacy.addProofFile,
      async (server) => ({ id: await fullOfProofs(server) }),
      () => ({ query: named, file: letter() }),
    ),
  ),
  refusing(
    privacy.tooManyProofs,
    on(privacy.addProofLink, async (server) => ({ id: await fullOfProofs(server) }), linked),
  ),
  refusing(
    privacy.requestWithoutClient,
    on(privacy.prepareCopy, (server) => identified(server)),
  ),
  refusing(
    privacy.copyNotAskedFor,
    on(privacy.prepareCopy, async (server) =>
      identified(server, { kind: 'erasure', clientId: await aClient(server) }),
    ),
  ),
  refusing(
    privacy.identityNotChecked,
    on(privacy.prepareCopy, async (server) => received(server, { clientId: await aClient(server) })),
  ),
  refusing(
    privacy.erasureNotAskedFor,
    on(privacy.forgetTickets, (server) => identified(server)),
  ),
  refusing(
    privacy.identityNotChecked,
    on(privacy.forgetTickets, (server) => received(server, { kind: 'erasure' })),
  ),
  refusing(privacy.requestAnswered, on(privacy.forgetTickets, answered)),
]
