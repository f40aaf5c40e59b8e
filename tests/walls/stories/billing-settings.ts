/** Settings of billing: what one person says alone, and what two answer for. */
import { randomInt } from 'node:crypto'
import * as billing from '#contract/billing'
import { demonstrationSettings, seedSettings } from '#server/billing'
import type { Browserless } from '../../harness/browserless.ts'
import type { TenancyServer } from '../../harness/tenants.ts'
import type { RefusalStory, WriteStory } from './story.ts'

const later = () => `20${randomInt(30, 99)}-0${randomInt(1, 9)}-${randomInt(10, 28)}`
const bank = () => ({
  inForceFrom: later(),
  content: { ...demonstrationSettings.bank, iban: 'FR7630006000011234567890189', bic: 'AGRIFRPP' },
})

/** A company of its own: of one company one proposal waits at a time. */
async function company(as: Browserless) {
  const { id } = await as.call(billing.addCompany, { body: { name: 'Société d’essai' } })
  return id
}

/** An account that waits, proposed by whoever is asked. */
async function proposed(server: TenancyServer, role = 'billing') {
  const as = await server.as(role)
  const companyId = await company(as)
  const { id } = await as.call(billing.proposeBank, { body: { ...bank(), companyId } })
  return { as, companyId, params: { id } }
}

const write = (endpoint: WriteStory['endpoint'], tell: WriteStory['tell']): WriteStory => ({ endpoint, tell })
const refused = (
  endpoint: WriteStory['endpoint'],
  refusal: RefusalStory['refusal'],
  tell: WriteStory['tell'],
): RefusalStory => ({ endpoint, refusal, tell })

export const writes: WriteStory[] = [
  write(billing.saveBillingSettings, async (server) => {
    await seedSettings(server.db)
    const { terms } = demonstrationSettings
    return {
      as: await server.as('billing'),
      input: { body: { kind: 'terms', inForceFrom: later(), content: terms } },
    }
  }),
  write(billing.proposeBank, async (server) => {
    const as = await server.as('billing')
    return { as, input: { body: { ...bank(), companyId: await company(as) } } }
  }),
  write(billing.approveBank, async (server) => {
    const { params } = await proposed(server)
    return { as: await server.as('administrator'), input: { params } }
  }),
  write(billing.refuseBank, async (server) => {
    const { params } = await proposed(server)
    return { as: await server.as('direction'), input: { params, body: { reason: 'inconnu de la banque' } } }
  }),
  write(billing.withdrawSetting, async (server) => {
    const { as, params } = await proposed(server)
    return { as, input: { params } }
  }),
  write(billing.addCompany, async (server) => ({
    as: await server.as('billing'),
    input: { body: { name: 'Société d’essai' } },
  })),
  write(billing.updateCompany, async (server) => {
    const as = await server.as('billing')
    return {
      as,
      input: { params: { id: await company(as) }, body: { name: 'Autre nom', archived: true } },
    }
  }),
  write(billing.recordRate, async (server) => ({
    as: await server.as('billing'),
    input: {
      body: { kind: 'ecb_refi', fromOn: later(), basisPoints: 200, source: 'BCE, décision de l’essai' },
    },
  })),
]

export const refusals: RefusalStory[] = [
  refused(billing.proposeBank, billing.proposalWaits, async (server) => {
    const { as, companyId } = await proposed(server)
    return { as, input: { body: { ...bank(), companyId } } }
  }),
  refused(billing.approveBank, billing.ownProposal, async (server) => {
    const { as, params } = await proposed(server, 'administrator')
    return { as, input: { params } }
  }),
  refused(billing.approveBank, billing.proposalOver, async (server) => {
    const { as, params } = await proposed(server)
    await as.call(billing.withdrawSetting, { params })
    return { as: await server.as('direction'), input: { params } }
  }),
  refused(billing.refuseBank, billing.ownProposal, async (server) => {
    const { as, params } = await proposed(server, 'administrator')
    return { as, input: { params, body: { reason: 'par erreur' } } }
  }),
  refused(billing.refuseBank, billing.proposalOver, async (server) => {
    const { as, params } = await proposed(server)
    await as.call(billing.withdrawSetting, { params })
    return { as: await server.as('direction'), input: { params, body: { reason: 'trop tard' } } }
  }),
  refused(billing.withdrawSetting, billing.settingBegun, async (server) => {
    await seedSettings(server.db)
    const { versions } = await (
      await server.as('super_administrator')
    ).call(billing.getBillingSettings, { query: {} })
    const begun = versions.find(({ standing }) => standing === 'now')
    return { as: await server.as('super_administrator'), input: { params: { id: begun?.id } } }
  }),
  refused(billing.withdrawSetting, billing.bankApproved, async (server) => {
    const { params } = await proposed(server)
    await (await server.as('administrator')).call(billing.approveBank, { params })
    return { as: await server.as('super_administrator'), input: { params } }
  }),
  refused(billing.withdrawSetting, billing.proposalOver, async (server) => {
    const { as, params } = await proposed(server)
    await as.call(billing.withdrawSetting, { params })
    return { as, input: { params } }
  }),
  refused(billing.withdrawSetting, billing.proposalNotYours, async (server) => {
    const { params } = await proposed(server)
    return { as: await server.as('administrator'), input: { params } }
  }),
  refused(billing.updateCompany, billing.mainCompanyStays, async (server) => {
    const as = await server.as('billing')
    const { company: main } = await as.call(billing.getBillingSettings, { query: {} })
    return { as, input: { params: { id: main.id }, body: { name: main.name, archived: true } } }
  }),
  refused(billing.previewSettings, billing.documentUnprintable, async (server) => {
    await seedSettings(server.db)
    const content = { ...demonstrationSettings.identity, name: 'Société \u{1F9E0}\u{16B3}' }
    return {
      as: await server.as('billing'),
      input: { query: { kind: 'identity', content: JSON.stringify(content) } },
    }
  }),
]
