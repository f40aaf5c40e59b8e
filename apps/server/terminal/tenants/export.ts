import fs from 'node:fs'
import { parseArgs } from 'node:util'
import { forgetPractice } from '#server/support'
import { exportTo, lifeParts } from '#server/tenancy'
import { openFiles } from '#platform/server/files.ts'
import type { OwnFleet } from '../own-fleet.ts'
import { reasonIn } from '../reason-in.ts'
import { tenantNamed } from '../tenant-named.ts'
import { WrongUsage } from '../wrong-usage.ts'
import { writtenDown } from '../written-down.ts'

export const usage = `mgp tenants export TENANT FILE --reason TEXT

Writes everything a tenant holds into a zip: tables as JSON and CSV, and its files. These are health data: the file is
readable by you alone, and is for whom it is due to.`

export async function run(args: string[], fleet: OwnFleet): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { reason: { type: 'string' } },
  })
  const file = positionals.pop()
  if (file === undefined || positionals.length === 0)
    throw new WrongUsage('Which tenant, and into which file?')
  if (fs.existsSync(file)) throw new WrongUsage(`${file} is there already.`)
  const reason = reasonIn(values)
  const { id, name } = await tenantNamed(fleet, positionals.join(' '))
  const parts = lifeParts({ ...fleet, ...fleet.tenants, files: openFiles(fleet.dataDir), forgetPractice })
  // Said before it is done: who cannot be told of takes nothing out of the house.
  await writtenDown(fleet, { verb: 'tenant.exported', label: 'mgp tenants export' }, async () => ({
    object: 'tenant',
    id,
    tenant: id,
    reason,
  }))
  // Under its name it is whole: whoever is killed at it leaves the draft, which the next one writes over.
  const draft = `${file}.draft`
  try {
    fs.rmSync(draft, { force: true })
    const { rows, files } = await exportTo(draft, id, parts, () => {})
    fs.renameSync(draft, file)
    console.log(`${name}: ${rows} rows and ${files} files in ${file}.`)
  } catch (error) {
    fs.rmSync(draft, { force: true })
    throw error
  }
}
