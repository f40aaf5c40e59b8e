/** A number names one document for ever, whichever company and series it is of: so do the prefixes that numbers begin with. */
import { NumberingSettings } from '#contract/billing'
import type { CentralDb } from '#platform/server/db.ts'
import { WrongField } from '#platform/server/requests.ts'
import { theMainCompany } from './in-force-queries.ts'
import { holdPrefixes, prefixesTaken } from './queries.ts'

const { digits: _, ...usual } = NumberingSettings.parse({})

/** @throws WrongField where numbers of another company or series begin so */
export async function checkNumbering(
  db: CentralDb,
  companyId: string,
  content: NumberingSettings,
): Promise<void> {
  const taken = await everyPrefix(db)
  for (const field of ['invoicePrefix', 'creditNotePrefix', 'quotePrefix'] as const)
    if (
      taken.some(
        (one) => one.prefix === content[field] && (one.companyId !== companyId || one.field !== field),
      )
    )
      throw new WrongField('body', `content.${field}`, 'prefix_taken')
}

/** What a new company numbers with until it says otherwise: the usual prefixes, and the first figure nobody has. */
export async function prefixesFor(db: CentralDb): Promise<NumberingSettings> {
  const taken = new Set((await everyPrefix(db)).map(({ prefix }) => prefix))
  let figure = 2
  while (Object.values(usual).some((prefix) => taken.has(`${prefix}${figure}`))) figure++
  return NumberingSettings.parse(
    Object.fromEntries(Object.entries(usual).map(([field, prefix]) => [field, `${prefix}${figure}`])),
  )
}

/** With those the main company numbers by until it says any; nobody says another until the transaction ends. */
async function everyPrefix(db: CentralDb) {
  await holdPrefixes(db)
  const said = await prefixesTaken(db)
  const { id: companyId } = await theMainCompany(db)
  return said.some((one) => one.companyId === companyId)
    ? said
    : [...said, ...Object.entries(usual).map(([field, prefix]) => ({ companyId, field, prefix }))]
}
