/** Makes staff accounts: how the first administrator of an installation comes to be. */
import { parseArgs } from 'node:util'
import { builtInRoles } from '#contract/access'
import { openAudit } from '#server/audit'
import { createStaff } from '#server/identity'
import { systemClock } from '#platform/server/clock.ts'
import { openCentralDatabase } from '#platform/server/central-database.ts'
import { readConfig } from '#platform/server/config.ts'
import { centralDb, openPool } from '#platform/server/db.ts'
import { newToken } from '#platform/server/random.ts'
import { ownVault } from '../terminal/own-vault.ts'

export const about = 'staff create         make a staff account; staff create --help says more'

const usage = `mgp staff create --email ADDRESS --first-name NAME --last-name NAME [--role ROLE]

Makes a staff account and prints its first password once. The second factor is enrolled at the first sign-in.

  --role ROLE  ${builtInRoles.slice(0, 5).join(', ')},
               ${builtInRoles.slice(5).join(', ')}
               (${builtInRoles[0]} when left out)

Exit code 0: made. 1: refused, nothing was changed. 2: wrong usage.`

export async function run(args: string[]): Promise<number> {
  const wanted = read(args)
  if (wanted === 'help') return say(usage)
  if (typeof wanted === 'string') return complain(`${wanted}\n\n${usage}`, 2)

  // Random, so it needs no rules; 192 bits are beyond guessing and short enough to type once.
  const password = newToken().slice(0, 32)
  const config = readConfig(process.env)
  const database = await openCentralDatabase(config, (sentence) => process.stderr.write(`${sentence}\n`))
  const pool = openPool(database.appUrl, { max: 1, name: 'mgp staff' })
  try {
    const db = centralDb(pool)
    const vault = await ownVault(config, db)
    const made = await createStaff(
      { db, audit: openAudit({ vault, clock: systemClock }) },
      { ...wanted, password },
      'mgp staff create',
    )
    if ('problem' in made) {
      return complain(
        {
          email_taken: `--email: ${wanted.email} already has a staff account.`,
          email_wrong: `--email: ${wanted.email} must be an address without accents or quotes.`,
          role_unknown: `--role: there is no role ${wanted.role}. Roles: ${builtInRoles.join(', ')}.`,
        }[made.problem],
      )
    }
    return say(`${wanted.email} (${wanted.role})\nPassword, shown this once: ${password}`)
  } finally {
    await pool.end()
    await database.stop()
  }
}

type Wanted = { email: string; firstName: string; lastName: string; role: string }

function read(args: string[]): Wanted | 'help' | string {
  let values
  let verb
  try {
    const parsed = parseArgs({
      args,
      allowPositionals: true,
      options: {
        email: { type: 'string' },
        'first-name': { type: 'string' },
        'last-name': { type: 'string' },
        role: { type: 'string', default: builtInRoles[0] },
        help: { type: 'boolean', short: 'h', default: false },
      },
    })
    values = parsed.values
    verb = parsed.positionals.join(' ')
  } catch (error) {
    return (error as Error).message
  }
  if (values.help) return 'help'
  if (verb !== 'create') return `Unknown: staff ${verb}`
  const { email, 'first-name': firstName, 'last-name': lastName, role } = values
  if (!email || !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email)) return '--email: an e-mail address is expected.'
  if (!firstName?.trim()) return '--first-name: a first name is expected.'
  if (!lastName?.trim()) return '--last-name: a last name is expected.'
  return { email: email.toLowerCase(), firstName: firstName.trim(), lastName: lastName.trim(), role }
}

function say(text: string): number {
  process.stdout.write(`${text}\n`)
  return 0
}

function complain(text: string, code = 1): number {
  process.stderr.write(`${text}\n`)
  return code
}
