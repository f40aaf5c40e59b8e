import { randomUUID } from 'node:crypto'
import * as clients from '#contract/clients'
import { fileGone } from '#platform/contract/jobs.ts'
import { sql } from '#platform/server/db.ts'
import type { TestServer } from '../../harness/server.ts'
import type { RefusalStory, WriteStory } from './story.ts'

const roxane = () => ({
  kind: 'practitioner' as const,
  status: 'prospect' as const,
  lastName: 'Arnaud',
  firstName: 'Roxane',
  email: `roxane.${randomUUID()}@example.com`,
  phone: null,
  address: null,
  postalCode: null,
  city: 'Metz',
  department: '57',
  rpps: null,
  adeli: null,
  siret: null,
  origin: null,
  internalNote: null,
  nextPaymentOn: null,
})

const support = (server: TestServer) => server.as('support')
const administrator = (server: TestServer) => server.as('administrator')

async function newClient(server: TestServer) {
  return (await support(server)).call(clients.createClient, { body: roxane() })
}

async function trashedClient(server: TestServer) {
  const { id } = await newClient(server)
  return (await administrator(server)).call(clients.trashClient, { params: { id } })
}

async function view(server: TestServer, name: string) {
  return (await support(server)).call(clients.saveView, {
    body: { page: 'clients', name, query: { status: 'prospect' } },
  })
}

const csv = (text: string | Buffer) => new Blob([new Uint8Array(Buffer.from(text))], { type: 'text/csv' })
const nameOfFile = { name: 'clients.csv' }

async function upload(server: TestServer, text: string) {
  const reply = await (
    await administrator(server)
  ).ask(clients.uploadClientImport, { query: nameOfFile, file: csv(text) })
  return (JSON.parse(reply.text) as { id: string }).id
}

const goodFile = 'Nom;Email;Statut\nMartin;ines.martin@example.com;Client\n'

/** More clients than one action may change. */
async function crowd(server: TestServer, trashed: boolean) {
  const tag = `foule${randomUUID().replaceAll('-', '').slice(0, 12)}`
  await sql`insert into clients (kind, status, last_name, email, trashed_at)
    select 'practitioner', 'prospect', 'Foule', ${tag} || n || '@example.com', ${trashed ? new Date() : null}::timestamptz
    from generate_series(1, ${clients.bulkLimit + 1}::int) n`.execute(server.db)
  return { filter: trashed ? { trash: 'in' as const } : {} }
}

export const writes: WriteStory[] = [
  {
    endpoint: clients.createClient,
    tell: async (server) => ({ as: await support(server), input: { body: roxane() } }),
  },
  {
    endpoint: clients.updateClient,
    async tell(server) {
      const { id, version } = await newClient(server)
      return { as: await support(server), input: { params: { id }, body: { version, city: 'Nancy' } } }
    },
  },
  {
    endpoint: clients.changeStatuses,
    async tell(server) {
      const { id } = await newClient(server)
      return { as: await support(server), input: { body: { clients: { ids: [id] }, status: 'active' } } }
    },
  },
  {
    endpoint: clients.restoreStatuses,
    async tell(server) {
      const { id } = await newClient(server)
      const { changed } = await (
        await support(server)
      ).call(clients.changeStatuses, { body: { clients: { ids: [id] }, status: 'active' } })
      return { as: await support(server), input: { body: { status: 'active', changed } } }
    },
  },
  {
    endpoint: clients.trashClient,
    async tell(server) {
      const { id } = await newClient(server)
      return { as: await administrator(server), input: { params: { id } } }
    },
  },
  {
    endpoint: clients.restoreClient,
    async tell(server) {
      const { id } = await trashedClient(server)
      return { as: await administrator(server), input: { params: { id } } }
    },
  },
  {
    endpoint: clients.trashClients,
    async tell(server) {
      const { id } = await newClient(server)
      return { as: await administrator(server), input: { body: { clients: { ids: [id] } } } }
    },
  },
  {
    endpoint: clients.restoreClients,
    async tell(server) {
      const { id } = await trashedClient(server)
      return { as: await administrator(server), input: { body: { clients: { ids: [id] } } } }
    },
  },
  {
    endpoint: clients.startClientExport,
    tell: async (server) => ({
      as: await administrator(server),
      input: { body: { format: 'csv', filter: { status: 'prospect' } } },
    }),
  },
  {
    endpoint: clients.uploadClientImport,
    tell: async (server) => ({
      as: await administrator(server),
      input: { query: nameOfFile, file: csv(goodFile) },
    }),
  },
  {
    endpoint: clients.startClientImport,
    async tell(server) {
      const id = await upload(server, goodFile)
      return {
        as: await administrator(server),
        input: { params: { id }, body: { mapping: {}, dryRun: true } },
      }
    },
  },
  {
    endpoint: clients.saveView,
    tell: async (server) => ({
      as: await support(server),
      input: { body: { page: 'clients', name: 'Mes prospects', query: { status: 'prospect' } } },
    }),
  },
  {
    endpoint: clients.replaceView,
    async tell(server) {
      const { id } = await view(server, 'À remplacer')
      return { as: await support(server), input: { params: { id }, body: { name: 'Remplacée', query: {} } } }
    },
  },
  {
    endpoint: clients.deleteView,
    async tell(server) {
      const { id } = await view(server, 'À oublier')
      return { as: await support(server), input: { params: { id } } }
    },
  },
]

const nom = 'Nom;Email;Statut'

/** One file for each way a file can be unreadable. */
const unreadable: Record<(typeof clients.fileRefusals)[number]['code'], string | Buffer> = {
  import_file_empty: '',
  import_file_binary: Buffer.from([0x50, 0x4b, 0x03, 0x04, 0, 0, 0, 0]),
  import_file_encoding: Buffer.from([0xff, 0xfe, 0x41]),
  import_file_header_missing: '\n\n;;\n',
  import_file_heading_duplicate: 'Nom;Email;Statut;Nom\na;b;c;d\n',
  import_file_quote_unclosed: `${nom}\n"Martin;x;y\n`,
  import_file_quote_misplaced: `${nom}\n"Martin"x;;\n`,
  import_file_cell_too_long: `${nom}\n${'x'.repeat(40_000)};;\n`,
  import_file_row_too_wide: `${nom}\nMartin;m@example.com;Client;Nancy\n`,
  import_file_truncated: `${nom}\nMartin;m@exam`,
}

const forgottenFile = (server: TestServer) =>
  server.db
    .updateTable('storedFiles')
    .set({ expiresAt: new Date(0) })
    .execute()

export const refusals: RefusalStory[] = [
  {
    endpoint: clients.createClient,
    refusal: clients.clientEmailTaken,
    async tell(server) {
      const { email } = await newClient(server)
      return { as: await support(server), input: { body: { ...roxane(), email: email.toUpperCase() } } }
    },
  },
  {
    endpoint: clients.updateClient,
    refusal: clients.clientEmailTaken,
    async tell(server) {
      const { email } = await newClient(server)
      const { id, version } = await newClient(server)
      return { as: await support(server), input: { params: { id }, body: { version, email } } }
    },
  },
  {
    endpoint: clients.updateClient,
    refusal: clients.clientChanged,
    async tell(server) {
      const { id, version } = await newClient(server)
      await (
        await administrator(server)
      ).call(clients.updateClient, { params: { id }, body: { version, city: 'Nancy' } })
      return { as: await support(server), input: { params: { id }, body: { version, city: 'Lille' } } }
    },
  },
  {
    endpoint: clients.updateClient,
    refusal: clients.clientInTrash,
    async tell(server) {
      const { id, version } = await trashedClient(server)
      return { as: await support(server), input: { params: { id }, body: { version, city: 'Lille' } } }
    },
  },
  {
    endpoint: clients.trashClient,
    refusal: clients.clientInTrash,
    async tell(server) {
      const { id } = await trashedClient(server)
      return { as: await administrator(server), input: { params: { id } } }
    },
  },
  {
    endpoint: clients.restoreClient,
    refusal: clients.clientNotInTrash,
    async tell(server) {
      const { id } = await newClient(server)
      return { as: await administrator(server), input: { params: { id } } }
    },
  },
  {
    endpoint: clients.changeStatuses,
    refusal: clients.tooManyClients,
    tell: async (server) => ({
      as: await support(server),
      input: { body: { clients: await crowd(server, false), status: 'active' } },
    }),
  },
  {
    endpoint: clients.trashClients,
    refusal: clients.tooManyClients,
    tell: async (server) => ({
      as: await administrator(server),
      input: { body: { clients: await crowd(server, false) } },
    }),
  },
  {
    endpoint: clients.restoreClients,
    refusal: clients.tooManyClients,
    tell: async (server) => ({
      as: await administrator(server),
      input: { body: { clients: await crowd(server, true) } },
    }),
  },
  ...clients.fileRefusals.map((refusal): RefusalStory => ({
    endpoint: clients.uploadClientImport,
    refusal,
    tell: async (server) => ({
      as: await administrator(server),
      input: { query: nameOfFile, file: csv(unreadable[refusal.code]) },
    }),
  })),
  ...[clients.previewClientImport, clients.startClientImport].flatMap((endpoint): RefusalStory[] => {
    const choose = (mapping: Record<string, string | null>) =>
      endpoint.method === 'GET' ? { query: mapping } : { body: { mapping, dryRun: true } }
    const story = (
      refusal: RefusalStory['refusal'],
      file: string,
      mapping: Record<string, string | null>,
    ): RefusalStory => ({
      endpoint,
      refusal,
      async tell(server) {
        const id = await upload(server, file)
        return { as: await administrator(server), input: { params: { id }, ...choose(mapping) } }
      },
    })
    return [
      story(clients.headingUnknown, goodFile, { lastName: 'Patronyme' }),
      story(clients.headingTwice, goodFile, { lastName: 'Nom', firstName: 'Nom' }),
      {
        endpoint,
        refusal: fileGone,
        async tell(server) {
          const id = await upload(server, goodFile)
          await forgottenFile(server)
          return { as: await administrator(server), input: { params: { id }, ...choose({}) } }
        },
      },
      ...(endpoint.method === 'GET'
        ? []
        : [
            story(clients.columnMissing, 'Patronyme;Email;Statut\nMartin;m@example.com;Client\n', {}),
            story(
              clients.columnAmbiguous,
              'Nom;Nom de famille;Email;Statut\nMartin;Martin;m@example.com;Client\n',
              {},
            ),
          ]),
    ]
  }),
  {
    endpoint: clients.saveView,
    refusal: clients.viewNameTaken,
    async tell(server) {
      await view(server, 'Prise')
      return { as: await support(server), input: { body: { page: 'clients', name: 'Prise', query: {} } } }
    },
  },
  {
    endpoint: clients.replaceView,
    refusal: clients.viewNameTaken,
    async tell(server) {
      await view(server, 'Occupée')
      const { id } = await view(server, 'Libre')
      return { as: await support(server), input: { params: { id }, body: { name: 'Occupée', query: {} } } }
    },
  },
  {
    endpoint: clients.saveView,
    refusal: clients.viewLimitReached,
    async tell(server) {
      const sales = await server.as('sales')
      for (let n = 0; n < clients.viewLimit; n++)
        await sales.call(clients.saveView, { body: { page: 'clients', name: `Vue ${n}`, query: {} } })
      return { as: sales, input: { body: { page: 'clients', name: 'Une de trop', query: {} } } }
    },
  },
]
