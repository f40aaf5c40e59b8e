import { expect, test } from 'vitest'
import { dyingAt } from '../../../tests/harness/dying.ts'
import { silent, smallFleet } from '../../../tests/harness/fleet.ts'
import { tenancyProcess, temporaryFolder } from '../../../tests/harness/tenancy-process.ts'
import { openTemplates, sweepTemplates } from './template.ts'

const fleet = await smallFleet(0)
const { db, provisioner, clusters } = fleet

const named = (name: string) =>
  provisioner.run(async (client) => {
    const { rows } = await client.query<{ template: boolean; open: boolean; everybody: boolean }>(
      `SELECT datistemplate AS template, datallowconn AS open, has_database_privilege('public', oid, 'CONNECT') AS everybody
       FROM pg_database WHERE datname = $1`,
      [name],
    )
    return rows
  })

const drafts = () =>
  provisioner.run(async (client) => {
    const { rows } = await client.query<{ name: string }>(
      "SELECT datname AS name FROM pg_database WHERE starts_with(datname, 'mgp_template_draft_') ORDER BY 1",
    )
    return rows.map(({ name }) => name)
  })

const whole = [{ template: true, open: false, everybody: false }]

test('two who build a template at once end up with one, and both find it whole', async () => {
  const { templates, schema } = fleet.release({ '0093_race': 'CREATE TABLE race (id int);' })
  const other = openTemplates({ db, schema, log: silent })
  await Promise.all([templates.ensure(provisioner), other.ensure(provisioner)])
  expect(await named(templates.name)).toEqual(whole)
  const row = await db.selectFrom('clusters').selectAll().executeTakeFirstOrThrow()
  expect(row).toMatchObject({ templateName: templates.name, templateVersion: 93 })
  expect(row.templateCatalogue?.some((line) => line.includes('race'))).toBe(true)
})

test('one who finds a template that another central database built reads what it holds', async () => {
  const { templates } = fleet.release({ '0093_found': 'CREATE TABLE found (id int);' })
  await templates.ensure(provisioner)
  await db.updateTable('clusters').set({ templateName: null, templateCatalogue: null }).execute()
  await templates.ensure(await clusters.provisioner(provisioner.cluster.id))
  const row = await db.selectFrom('clusters').selectAll().executeTakeFirstOrThrow()
  expect(row.templateCatalogue?.some((line) => line.includes('found'))).toBe(true)
})

test('a builder who dies leaves no template but a draft, which goes when it is an hour old', async () => {
  const { templates, schema } = fleet.release({ '0093_dead': 'CREATE TABLE dead (id int);' })
  const before = await drafts()
  const { dataDir, remove } = temporaryFolder()
  // The ninth statement is one of the migrations.
  await dyingAt(9, 'unheard', async () => {
    const mortal = await tenancyProcess(
      { database: fleet.database, masterKey: fleet.masterKey, dataDir },
      { schema },
    )
    await mortal.tenants.templates.ensure(await mortal.tenants.clusters.provisioner(provisioner.cluster.id))
  })
  remove()
  expect(await named(templates.name)).toEqual([])
  const left = (await drafts()).find((name) => !before.includes(name))
  expect(left).toBeDefined()
  expect(await sweepTemplates(provisioner, fleet.templates.name)).not.toContain(left)
  await provisioner.run((client) => client.query(`COMMENT ON DATABASE ${left} IS '2020-01-01T00:00:00.000Z'`))
  expect(await sweepTemplates(provisioner, fleet.templates.name)).toContain(left)
  await templates.ensure(provisioner)
  expect(await named(templates.name)).toEqual(whole)
})

test('a migration that does not run is said with its line, and leaves nothing behind', async () => {
  const { templates } = fleet.release({
    '0093_wrong': 'CREATE TABLE right_one (id int);\nCREATE TABLE wrong (;',
  })
  const before = await drafts()
  await expect(templates.ensure(provisioner)).rejects.toThrow(
    /Migration 0093_wrong failed: line 2: syntax error/,
  )
  expect((await drafts()).filter((name) => !before.includes(name))).toEqual([])
  expect(await named(templates.name)).toEqual([])
})
