/** The judges are trusted after they gave the verdicts their publishers list: then they judge what we write. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import {
  brokenRules,
  type RuleSheet,
  rulesDir,
  ruleSheetsThere,
  schemaErrors,
} from '../../../../tests/harness/rule-sheets.ts'

const sample = (name: string) => readFile(join(rulesDir, 'samples', `${name}.xml`), 'utf8')
const official = [
  'CII-BR-CO-10-RoundingIssue',
  'CII_business_example_01',
  'CII_business_example_02',
  'CII_business_example_Z',
  'CII_example1',
  'CII_example3',
  'CII_example5',
  'CII_example6',
  'CII_example7',
  'CII_example9',
]

describe.skipIf(!ruleSheetsThere)('the published samples', () => {
  // To compile a sheet takes its time, once.
  const patience = 180_000

  test.each(official)('EN 16931 finds nothing in its own example %s', { timeout: patience }, async (name) => {
    expect(await brokenRules('en16931', await sample(`en16931-${name}`))).toEqual([])
  })

  const judged: readonly [RuleSheet, string, readonly string[]][] = [
    ['en16931', 'derived-broken-total', ['BR-CO-15', 'BR-CO-16']],
    ['en16931', 'derived-broken-vatcat', ['BR-CL-18', 'BR-S-08']],
    ['french', 'selfmade-fr/fr-ok', []],
    ['french', 'selfmade-fr/fr-credit-ok', []],
    ['french', 'selfmade-fr/fr-293B', []],
    ['french', 'selfmade-fr/fr-noPMT', ['BR-FR-05_BT-22_PMT']],
    ['french', 'selfmade-fr/fr-noAddr', ['BR-FR-12_BT-49', 'BR-FR-21_BT-49']],
    ['french', 'selfmade-fr/fr-credit-noref', ['BR-FR-CO-05_BT-3']],
    ['french', 'selfmade-fr/fr-rate7', ['BR-FR-16_BT-119', 'BR-FR-16_BT-152']],
    // The French rules do not add up: only both sets together see everything.
    ['french', 'selfmade-fr/fr-total', []],
    ['en16931', 'selfmade-fr/fr-total', ['BR-CO-15']],
    ['en16931', 'selfmade-fr/fr-ok', []],
    ['lifeCycle', 'cdar/UC1_F202500003_01-CDV-200_Deposee', []],
    ['lifeCycle', 'cdar/UC1_F202500003_05-CDV-205_Approuvee', []],
    ['lifeCycle', 'cdar/UC1_F202500003_07-CDV-212_Encaissee', []],
    ['lifeCycle', 'cdar/UC4_F202500006_04-CDV-207_En_litige', []],
  ]
  test.each(judged)('%s says of %s: %j', { timeout: patience }, async (sheet, name, verdict) => {
    expect(await brokenRules(sheet, await sample(name))).toEqual(verdict)
  })

  test('the schema holds for fr-ok and not for what was broken', { timeout: patience }, async () => {
    const [ok, broken] = await schemaErrors('invoice', [
      await sample('selfmade-fr/fr-ok'),
      await sample('selfmade-fr/xsd-broken'),
    ])
    expect(ok).toEqual([])
    expect(broken).not.toEqual([])
  })
})
