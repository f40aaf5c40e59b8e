import { beforeEach, expect, test } from 'vitest'
import {
  addCompany,
  approveBank,
  getBillingSettings,
  getRates,
  listBillingApprovals,
  previewSettings,
  proposeBank,
  recordRate,
  refuseBank,
  saveBillingSettings,
  updateCompany,
  withdrawSetting,
  type SettingKind,
} from '#contract/billing'
import { freshStaff } from '../../../../tests/harness/impersonation.ts'
import { testServer } from '../../../../tests/harness/server.ts'
import { demonstrationSettings, seedSettings } from './demonstrating.ts'
import { settingsOn } from './in-force.ts'

let now = new Date('2026-11-22T09:00:00Z')
const server = await testServer({ clock: { now: () => now } })
const companyId = await seedSettings(server.db)
// Léa of billing proposes, Claire and the direction approve.
const [lea, claire, paul] = await Promise.all(
  ['billing', 'administrator', 'direction'].map((role) => freshStaff(server, role, now)),
)
if (!lea || !claire || !paul) throw new Error('three people sign in above')
beforeEach(() => {
  now = new Date('2026-11-22T09:00:00Z')
})

const { bank, terms, numbering, identity, appearance } = demonstrationSettings
// Examples of banks' own manuals.
const another = { ...bank, iban: 'FR76 3000 6000 0112 3456 7890 189', bic: 'AGRIFRPP' }
const today = '2026-11-22'
const propose = (content: typeof bank = another, inForceFrom = today) =>
  lea.call(proposeBank, { body: { inForceFrom, content } })
const inForce = async (kind: SettingKind, day = today) => (await settingsOn(server.db, companyId, day))[kind]
const versionsOf = async (kind: SettingKind) =>
  (await lea.call(getBillingSettings, { query: {} })).versions.filter((one) => one.kind === kind)
const wrong = (field: string, code: string) =>
  expect.objectContaining({ fields: [expect.objectContaining({ path: field, code })] })

const saving = (body: EndpointBody) => lea.refused(saveBillingSettings, { body })
type EndpointBody = Parameters<typeof lea.refused<typeof saveBillingSettings>>[1]['body']
const svg = (inside: string) => ({
  mediaType: 'image/svg+xml' as const,
  base64: btoa(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8">${inside}</svg>`),
})

const dropAll = () =>
  server.db
    .updateTable('billingSettings')
    .set({ state: 'withdrawn' })
    .where('kind', '=', 'bank')
    .where('proposedBy', 'is not', null)
    .execute()
const mailsSaying = async (subject: string) =>
  (
    await server.db
      .selectFrom('outgoingMails')
      .innerJoin('staffMembers', 'staffMembers.email', 'outgoingMails.toEmail')
      .select('staffMembers.id')
      .where('subject', '=', subject)
      .execute()
  ).map(({ id }) => id)

test('an account is used once somebody other than its proposer approved it; whoever may approve is told both times', async () => {
  const { id } = await propose()
  expect(await inForce('bank')).toEqual(bank)
  const { rows } = await claire.call(listBillingApprovals)
  expect(rows).toMatchObject([{ id, ibanEnding: '0189', own: false }])
  const asked = await mailsSaying('Un changement de compte bancaire attend votre décision')
  expect(asked).toContain(claire.staffId)
  expect(asked).toContain(paul.staffId)
  await claire.call(approveBank, { params: { id } })
  expect(await inForce('bank')).toEqual({ ...another, iban: another.iban.replaceAll(' ', '') })
  expect(await inForce('bank', '2026-11-21')).toEqual(bank)
  const told = await mailsSaying('Notre compte bancaire a changé')
  expect(told).toContain(paul.staffId)
  expect(told).not.toContain(claire.staffId)
  await dropAll()
})

test('nobody approves or refuses what they proposed, even who may do both; the database holds to it too', async () => {
  const { id } = await claire.call(proposeBank, { body: { inForceFrom: today, content: another } })
  for (const refused of [
    await claire.refused(approveBank, { params: { id } }),
    await claire.refused(refuseBank, { params: { id }, body: { reason: 'trop vite' } }),
  ])
    expect(refused).toMatchObject({ code: 'billing_own_proposal' })
  await expect(
    server.db
      .updateTable('billingSettings')
      .set({ state: 'approved', decidedBy: claire.staffId })
      .where('id', '=', id)
      .execute(),
  ).rejects.toThrow(/check/)
  expect((await claire.call(listBillingApprovals)).rows).toMatchObject([{ id, own: true }])
  await dropAll()
})

test('what was proposed is withdrawn by its proposer alone, and decided once', async () => {
  const { id } = await propose()
  expect(await claire.refused(withdrawSetting, { params: { id } })).toMatchObject({
    code: 'billing_proposal_not_yours',
  })
  expect(await lea.refused(proposeBank, { body: { inForceFrom: today, content: another } })).toMatchObject({
    code: 'billing_proposal_waits',
  })
  await lea.call(withdrawSetting, { params: { id } })
  for (const refused of [
    await claire.refused(approveBank, { params: { id } }),
    await paul.refused(refuseBank, { params: { id }, body: { reason: 'inconnu' } }),
    await lea.refused(withdrawSetting, { params: { id } }),
  ])
    expect(refused).toMatchObject({ code: 'billing_proposal_over' })
  const { id: second } = await propose()
  await paul.call(refuseBank, { params: { id: second }, body: { reason: 'La banque ne le confirme pas.' } })
  expect((await versionsOf('bank'))[0]).toMatchObject({
    state: 'refused',
    standing: 'dropped',
    reason: 'La banque ne le confirme pas.',
  })
  expect(await inForce('bank')).toEqual(bank)
})

test('a proposal whose day is past is proposed anew: it does not say of days gone by what did not hold then', async () => {
  const { id } = await propose()
  now = new Date('2026-11-24T09:00:00Z')
  const late = await freshStaff(server, 'direction', now)
  expect(await late.refused(approveBank, { params: { id } })).toMatchObject({ code: 'billing_proposal_over' })
  await dropAll()
})

test('an account that was approved for later is not taken back by one person; another takes its place, by two', async () => {
  const { id } = await propose(another, '2026-12-24')
  await claire.call(approveBank, { params: { id } })
  for (const one of [lea, claire])
    expect(await one.refused(withdrawSetting, { params: { id } })).toMatchObject({
      code: 'billing_bank_approved',
    })
  expect(await inForce('bank', '2026-12-24')).toMatchObject({ bic: another.bic })
  const instead = await propose(bank, '2026-12-24')
  await paul.call(approveBank, { params: instead })
  expect(await inForce('bank', '2026-12-24')).toEqual(bank)
  await dropAll()
})

const foreign = 'FR14 2004 1010 0505 0001 3M02 606'
test.each([
  ['terms', { ...terms, note: `Payez sur ${foreign}.` }, 'content.note'],
  ['terms', { ...terms, discountTerms: foreign }, 'content.discountTerms'],
  ['terms', { ...terms, confidentiality: foreign }, 'content.confidentiality'],
  ['appearance', { ...appearance, footer: foreign.replaceAll(' ', '\u00A0') }, 'content.footer'],
  ['appearance', { ...appearance, privateNote: foreign.toLowerCase() }, 'content.privateNote'],
  ['appearance', { ...appearance, logo: svg(`<text>${foreign}</text>`) }, 'content.logo'],
  ['identity', { ...identity, rcsCity: foreign }, 'content.rcsCity'],
  [
    'dunning',
    { steps: [{ daysLate: 7, subject: 'Rappel', body: `Réglez sur\n${foreign}`, withPenalties: false }] },
    'content.steps.0.body',
  ],
] as const)(
  'another account in a text of %s is refused where it stands: %#',
  async (kind, content, field) => {
    const body = { kind, inForceFrom: '2026-12-30', content } as Parameters<typeof saving>[0] // each of its own kind
    expect(await saving(body)).toEqual(wrong(field, 'foreign_account'))
  },
)

test.each([
  ['terms', { ...terms, note: 'Merci 🦉' }, 'content.note', '🦉'],
  ['appearance', { ...appearance, footer: 'Logo \uE000' }, 'content.footer', 'U+E000'],
  ['appearance', { ...appearance, businessNote: 'Payez \u202E9810' }, 'content.businessNote', 'U+202E'],
  ['identity', { ...identity, name: 'Cabinet 🧠' }, 'content.name', '🧠'],
  [
    'dunning',
    { steps: [{ daysLate: 7, subject: 'Rappel \u2067', body: 'Réglez.', withPenalties: false }] },
    'content.steps.0.subject',
    'U+2067',
  ],
] as const)(
  'what nobody could read in a text of %s is refused where it stands: %#',
  async (kind, content, field, characters) => {
    const body = { kind, inForceFrom: '2026-12-30', content } as Parameters<typeof saving>[0] // each of its own kind
    const refused = await saving(body)
    expect(refused).toEqual(wrong(field, 'unprintable'))
    expect(JSON.stringify(refused)).toContain(characters)
  },
)

test('a letter by mail may bear what paper cannot', async () => {
  const content = { steps: [{ daysLate: 7, subject: 'Rappel 🙂', body: 'Réglez 🙂.', withPenalties: false }] }
  await lea.call(saveBillingSettings, { body: { kind: 'dunning', inForceFrom: '2026-12-30', content } })
  await dropAll()
})

test('our own account may stand in a text, one that only waits may not', async () => {
  const footer = (iban: string) =>
    ({
      kind: 'appearance',
      inForceFrom: '2026-12-30',
      content: { ...appearance, footer: `IBAN ${iban}` },
    }) as const
  await lea.call(saveBillingSettings, { body: footer(bank.iban) })
  await propose()
  expect(await saving(footer(another.iban))).toEqual(wrong('content.footer', 'foreign_account'))
  await dropAll()
})

test('of two who decide at once one does', async () => {
  const { id } = await propose()
  const both = await Promise.all([
    claire.ask(approveBank, { params: { id } }),
    paul.ask(approveBank, { params: { id } }),
  ])
  expect(both.map(({ status }) => status).toSorted()).toEqual([200, 409])
  await dropAll()
})

test('of two who propose at once one does', async () => {
  const body = { inForceFrom: today, content: another }
  const both = await Promise.all([lea.ask(proposeBank, { body }), claire.ask(proposeBank, { body })])
  expect(both.map(({ status }) => status).toSorted()).toEqual([201, 409])
  await dropAll()
})

test.each([
  ['FR7699999000010001234567808', 'TESTFRP1', 'content.iban', 'iban_wrong'],
  // The key holds, the French account number within does not.
  ['FR0730006000011234567890188', 'TESTFRP1', 'content.iban', 'iban_wrong'],
  ['FR76300060000112345678901', 'TESTFRP1', 'content.iban', 'iban_wrong'],
  ['BR1800360305000010009795493C1', 'TESTFRP1', 'content.iban', 'iban_not_sepa'],
  ['FR7630006000011234567890189', 'TESTFR', 'content.bic', 'bic_wrong'],
  ['FR7630006000011234567890189', 'TESTXXP1', 'content.bic', 'bic_wrong'],
])('an account %s with BIC %s is refused where it is wrong', async (iban, bic, field, code) => {
  const body = { inForceFrom: today, content: { ...bank, iban, bic } }
  expect(await lea.refused(proposeBank, { body })).toEqual(wrong(field, code))
})

test.each([
  [{ siren: '123456789' }, 'content.siren', 'siren_wrong'],
  [{ siret: '91827364000014' }, 'content.siret', 'siret_of_another'],
  [{ vatNumber: 'FR12123456782' }, 'content.vatNumber', 'vat_number_wrong'],
  [{ vatNumber: 'FR77918273640' }, 'content.vatNumber', 'vat_number_wrong'],
  [{ legalForm: '' }, 'content.legalForm', 'legal_form_needed'],
  [
    { electronicAddress: { scheme: '0225' as const, value: '918273640' } },
    'content.electronicAddress.value',
    'electronic_address_wrong',
  ],
])('a company that is said to be %j is refused where it is wrong', async (over, field, code) => {
  const body = { kind: 'identity', inForceFrom: today, content: { ...identity, ...over } } as const
  expect(await lea.refused(saveBillingSettings, { body })).toEqual(wrong(field, code))
})

test('a sole trader needs no legal form; numbers are read as people write them', async () => {
  const content = {
    ...identity,
    legalForm: '',
    soleTrader: true,
    siren: '123 456 782',
    siret: '123 456 782 00010',
    vatNumber: 'fr 11 123456782',
  }
  await lea.call(saveBillingSettings, { body: { kind: 'identity', inForceFrom: '2026-12-01', content } })
  expect(await inForce('identity', '2026-12-01')).toMatchObject({
    siren: '123456782',
    siret: '12345678200010',
    vatNumber: 'FR11123456782',
  })
})

test('a version holds from its day on, and what has not begun is withdrawn; what has is not', async () => {
  const save = (paymentDays: number, inForceFrom: string) =>
    lea.call(saveBillingSettings, {
      body: { kind: 'terms', inForceFrom, content: { ...terms, paymentDays } },
    })
  const days = async (day: string) => (await settingsOn(server.db, companyId, day)).terms?.paymentDays
  const { id: todays } = await save(45, today)
  const { id: later } = await save(15, '2027-01-01')
  expect(await Promise.all(['2026-11-21', today, '2026-12-31', '2027-01-01'].map(days))).toEqual([
    30, 45, 45, 15,
  ])
  expect((await versionsOf('terms')).map(({ standing }) => standing)).toEqual(['later', 'now', 'former'])
  await lea.call(withdrawSetting, { params: { id: later } })
  expect(await days('2027-01-01')).toBe(45)
  expect(await lea.refused(withdrawSetting, { params: { id: todays } })).toMatchObject({
    code: 'billing_setting_begun',
  })
  // The same day again takes the place of what was said first.
  await save(20, today)
  expect(await days(today)).toBe(20)
  expect(
    await lea.refused(saveBillingSettings, {
      body: { kind: 'terms', inForceFrom: '2026-11-21', content: terms },
    }),
  ).toEqual(wrong('inForceFrom', 'setting_in_the_past'))
})

test('a fixed rate below three times the legal one is refused, with the least that is lawful', async () => {
  const save = (penaltyBasisPoints: number) => ({
    body: {
      kind: 'terms',
      inForceFrom: today,
      content: { ...terms, penaltyKind: 'fixed', penaltyBasisPoints },
    } as const,
  })
  // 2.62 % was published for the half-year before.
  const refused = await lea.refused(saveBillingSettings, save(785))
  expect(refused).toEqual(wrong('content.penaltyBasisPoints', 'penalty_rate_low'))
  expect(JSON.stringify(refused)).toContain('7,86')
  await lea.call(saveBillingSettings, save(786))
})

test('a prefix names documents of one kind of one company for ever', async () => {
  const { id } = await lea.call(addCompany, { body: { name: 'MaGestionPsy Formation' } })
  const save = (companyId: string, content: Partial<typeof numbering>) => ({
    body: {
      kind: 'numbering',
      companyId,
      inForceFrom: today,
      content: { ...numbering, ...content },
    } as const,
  })
  expect(await lea.refused(saveBillingSettings, save(id, {}))).toEqual(
    wrong('content.invoicePrefix', 'prefix_taken'),
  )
  expect(await lea.refused(saveBillingSettings, save(companyId, { creditNotePrefix: 'FA' }))).toEqual(
    wrong('content.creditNotePrefix', 'prefix_twice'),
  )
  await lea.call(
    saveBillingSettings,
    save(id, { invoicePrefix: 'FF', creditNotePrefix: 'AF', quotePrefix: 'DF' }),
  )
  await lea.call(saveBillingSettings, save(companyId, { invoicePrefix: 'FACT' }))
  // « FA » was the main company's for invoices.
  expect(
    await lea.refused(saveBillingSettings, save(companyId, { quotePrefix: 'FA', invoicePrefix: 'F' })),
  ).toEqual(wrong('content.quotePrefix', 'prefix_taken'))
})

test('a new company numbers with prefixes nobody has, and of two who say the same at once one does', async () => {
  const added = await Promise.all(
    ['Nord', 'Sud'].map((name) => lea.call(addCompany, { body: { name: `MaGestionPsy ${name}` } })),
  )
  const contents = await Promise.all(
    added.map(async ({ id }) => (await settingsOn(server.db, id, '2020-02-02')).numbering),
  )
  const prefixes = contents.flatMap((one) => [one?.invoicePrefix, one?.creditNotePrefix, one?.quotePrefix])
  expect(new Set(prefixes).size).toBe(6)
  for (const prefix of prefixes) expect(prefix).toMatch(/^(FA|AV|DE)\d+$/)
  const same = { ...numbering, invoicePrefix: 'FX', creditNotePrefix: 'AX', quotePrefix: 'DX' }
  const saved = await Promise.allSettled(
    added.map(({ id }) =>
      lea.call(saveBillingSettings, {
        body: { kind: 'numbering', companyId: id, inForceFrom: today, content: same },
      }),
    ),
  )
  expect(saved.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
})

test('a prefix that numbered for part of a day stays its company’s', async () => {
  const { id: one } = await lea.call(addCompany, { body: { name: 'Matin' } })
  const { id: other } = await lea.call(addCompany, { body: { name: 'Soir' } })
  const save = (company: string, sign: string) => ({
    body: {
      kind: 'numbering' as const,
      companyId: company,
      inForceFrom: today,
      content: {
        ...numbering,
        invoicePrefix: `F${sign}`,
        creditNotePrefix: `A${sign}`,
        quotePrefix: `D${sign}`,
      },
    },
  })
  await lea.call(saveBillingSettings, save(one, 'M'))
  await lea.call(saveBillingSettings, save(one, 'N'))
  expect(await lea.refused(saveBillingSettings, save(other, 'M'))).toEqual(
    wrong('content.invoicePrefix', 'prefix_taken'),
  )
})

test('the main company is not archived, another is, and comes back', async () => {
  const { id } = await lea.call(addCompany, { body: { name: 'Essai' } })
  const update = (which: string, archived: boolean) =>
    ({ params: { id: which }, body: { name: 'Essai', archived } }) as const
  expect(await lea.call(updateCompany, update(id, true))).toMatchObject({ archived: true })
  expect(await lea.call(updateCompany, update(id, false))).toMatchObject({ archived: false })
  expect(await lea.refused(updateCompany, update(companyId, true))).toMatchObject({
    code: 'billing_main_company',
  })
})

test.each([
  [svg('<script>alert(1)</script>'), 'content.logo', 'logo_active'],
  [svg('<image href="https://example.com/x.png"/>'), 'content.logo', 'logo_active'],
  [svg('<rect width="8" height="8" onload="x()"/>'), 'content.logo', 'logo_active'],
  [
    svg('<rect width="8" height="8" style="fill:url(https://example.com/a)"/>'),
    'content.logo',
    'logo_active',
  ],
  [{ mediaType: 'image/png' as const, base64: btoa('no picture') }, 'content.logo', 'logo_unreadable'],
  [{ mediaType: 'image/svg+xml' as const, base64: btoa('<html></html>') }, 'content.logo', 'logo_unreadable'],
  [{ mediaType: 'image/png' as const, base64: 'A'.repeat(280_000) }, 'content.logo.base64', 'logo_too_big'],
])('a logo that is no plain picture is refused (%#)', async (logo, field, code) => {
  const body = { kind: 'appearance', inForceFrom: today, content: { ...appearance, logo } } as const
  expect(await lea.refused(saveBillingSettings, { body })).toEqual(wrong(field, code))
})

test('a colour that cannot be read on paper is refused', async () => {
  const body = {
    kind: 'appearance',
    inForceFrom: today,
    content: { ...appearance, accent: '#f5d76e' },
  } as const
  expect(await lea.refused(saveBillingSettings, { body })).toEqual(
    wrong('content.accent', 'colour_too_light'),
  )
})

test('reminders come one after the other, in words that are known', async () => {
  const step = { daysLate: 7, subject: 'Rappel', body: 'Bonjour', withPenalties: false }
  const save = (steps: (typeof step)[]) => ({
    body: { kind: 'dunning', inForceFrom: today, content: { steps } } as const,
  })
  expect(await lea.refused(saveBillingSettings, save([step, { ...step, daysLate: 7 }]))).toEqual(
    wrong('content.steps.1.daysLate', 'step_too_early'),
  )
  expect(await lea.refused(saveBillingSettings, save([{ ...step, body: '{{client.iban}}' }]))).toEqual(
    wrong('content.steps.0.body', 'variable_unknown'),
  )
})

test('a half-year is reckoned by the rates of its first day, and one that is not recorded yet is told', async () => {
  expect((await lea.call(getRates)).halfYear).toMatchObject({
    from: '2026-07-01',
    ecbRefi: { basisPoints: 215 },
    legal: { basisPoints: 262, fromOn: '2026-01-01' },
    stale: true,
  })
  const rate = (fromOn: string) => ({
    body: { kind: 'legal', fromOn, basisPoints: 270, source: 'Arrêté de l’essai' } as const,
  })
  expect(await lea.refused(recordRate, rate('2026-10-01'))).toEqual(wrong('fromOn', 'rate_half_year'))
  await lea.call(recordRate, rate('2026-07-01'))
  expect((await lea.call(getRates)).halfYear).toMatchObject({ legal: { basisPoints: 270 }, stale: false })
  expect(await lea.refused(recordRate, rate('2026-07-01'))).toEqual(wrong('fromOn', 'rate_known'))
})

test('settings that nobody saved are seen on paper; what is no content of its kind is refused', async () => {
  const terms = { ...demonstrationSettings.terms, discountTerms: 'Escompte de 2 % à dix jours' }
  const query = { kind: 'terms', content: JSON.stringify(terms) } as const
  const picture = await lea.ask(previewSettings, { query: { ...query, as: 'svg' } })
  expect(picture.status).toBe(200)
  expect(picture.text).toContain('<svg')
  const paper = await lea.ask(previewSettings, { query })
  expect(paper.text.slice(0, 5)).toBe('%PDF-')
  const { logo: _, ...look } = appearance
  const withSpace = await lea.ask(previewSettings, {
    query: {
      kind: 'appearance',
      content: JSON.stringify(look),
      logo: 'space',
      logoWidth: '300',
      logoHeight: '80',
      as: 'svg',
    },
  })
  const [, frame = ''] = /data:image\/svg\+xml;base64,([^"]*)/.exec(withSpace.text) ?? []
  expect(atob(frame)).toContain('viewBox="0 0 300 80"')
  for (const content of ['{', '{}', '[]'])
    expect(await lea.refused(previewSettings, { query: { ...query, content } })).toMatchObject({
      status: 400,
    })
})

test('what number each series comes to next is said, and a new year begins at one', async () => {
  const counts = async () => (await lea.call(getBillingSettings, { query: {} })).nextCounts
  await server.db
    .insertInto('invoiceSeries')
    .values([
      { companyId, kind: 'invoice', year: 2026, lastNumber: 1134 },
      { companyId, kind: 'credit_note', year: 2025, lastNumber: 12 },
    ])
    .execute()
  expect(await counts()).toEqual({ invoice: 1135, creditNote: 1, quote: 1 })
  now = new Date('2027-01-02T09:00:00Z')
  expect(await counts()).toEqual({ invoice: 1, creditNote: 1, quote: 1 })
})
