import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { platformStatuses, reasonsOf, statusReasons } from '#contract/billing'
import {
  brokenRules,
  rulesDir,
  ruleSheetsThere,
  schemaErrors,
} from '../../../../tests/harness/rule-sheets.ts'
import { type StatusMessage, statusMessage } from './life-cycle.ts'
import { readStatus } from './reading-status.ts'

const message = (code: number, over: Partial<StatusMessage> = {}): StatusMessage => ({
  id: `FA-2026-000123_${code}`,
  code,
  at: new Date('2026-11-22T22:30:00Z'),
  invoice: { number: 'FA-2026-000123', typeCode: 380, issuedOn: '2026-11-20' },
  seller: { siren: '123456782', address: '123456782' },
  buyer: { siren: '987654324', name: 'Cabinet Roxane Arnaud', address: '987654324' },
  reason: reasonsOf(code)[0] === undefined ? null : { code: reasonsOf(code)[0] ?? '', text: 'Motif' },
  rates:
    code === 212
      ? [
          { basisPoints: 2_000, amountCents: 2_900 },
          { basisPoints: 550, amountCents: 1_055 },
        ]
      : [],
  ...over,
})

test('what is written is read again', () => {
  expect(readStatus(statusMessage(message(212)))).toEqual({
    messageId: 'FA-2026-000123_212',
    code: 212,
    number: 'FA-2026-000123',
    issuedOn: '2026-11-20',
    sellerSiren: '123456782',
    reasonCode: null,
    reason: '',
    rates: [
      { basisPoints: 2_000, amountCents: 2_900 },
      { basisPoints: 550, amountCents: 1_055 },
    ],
  })
  expect(readStatus(statusMessage(message(210)))).toMatchObject({
    reasonCode: 'ADR_ERR',
    reason: 'Motif',
    rates: [],
  })
})

describe.skipIf(!ruleSheetsThere)('between platforms', () => {
  test.each([...platformStatuses])(
    'a message %d passes the schema and the rules',
    { timeout: 180_000 },
    async (code) => {
      const xml = statusMessage(message(code))
      expect((await schemaErrors('lifeCycle', [xml])).flat()).toEqual([])
      expect(await brokenRules('lifeCycle', xml)).toEqual([])
    },
  )

  test('every reason is one the rules know for its status', { timeout: 180_000 }, async () => {
    for (const [code, reasons] of Object.entries(statusReasons))
      for (const reason of reasons)
        expect(
          await brokenRules(
            'lifeCycle',
            statusMessage(message(Number(code), { reason: { code: reason, text: 'x' } })),
          ),
          `${code} ${reason}`,
        ).toEqual([])
  })

  test(
    'a refusal without its reason, and a collection without its rate, are found',
    { timeout: 180_000 },
    async () => {
      expect(await brokenRules('lifeCycle', statusMessage(message(210, { reason: null })))).not.toEqual([])
      expect(await brokenRules('lifeCycle', statusMessage(message(212, { rates: [] })))).not.toEqual([])
    },
  )

  test('the official messages are read', async () => {
    const sample = (name: string) => readFile(join(rulesDir, 'samples', 'cdar', `${name}.xml`), 'utf8')
    expect(readStatus(await sample('UC1_F202500003_07-CDV-212_Encaissee'))).toMatchObject({
      code: 212,
      number: 'F202500003',
      issuedOn: '2025-07-01',
      sellerSiren: '100000009',
      rates: [{ basisPoints: 2_000, amountCents: 1_200_000 }],
    })
    expect(readStatus(await sample('UC4_F202500006_04-CDV-207_En_litige'))).toMatchObject({
      code: 207,
      reasonCode: 'TX_TVA_ERR',
      reason: 'Taux de TVA erroné',
    })
  })
})
