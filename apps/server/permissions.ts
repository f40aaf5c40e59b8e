/** The permissions contracts declare, read off the contracts themselves. */
import * as access from '#contract/access'
import * as announcements from '#contract/announcements'
import * as audit from '#contract/audit'
import * as billing from '#contract/billing'
import * as cabinet from '#contract/cabinet'
import * as clients from '#contract/clients'
import * as dashboard from '#contract/dashboard'
import * as identity from '#contract/identity'
import * as impersonation from '#contract/impersonation'
import * as mail from '#contract/mail'
import * as privacy from '#contract/privacy'
import * as sqlConsole from '#contract/sql-console'
import * as support from '#contract/support'
import * as tenancy from '#contract/tenancy'
import type { AnyEndpoint } from '#platform/contract/endpoint.ts'

type Contract = { permissions: readonly string[]; limitable?: readonly string[] }

/** What people work with first, what the house runs on last: the order of the matrix. */
const contracts: Readonly<Record<string, Contract>> = {
  dashboard,
  clients,
  support,
  billing,
  tenancy,
  impersonation,
  sqlConsole,
  privacy,
  audit,
  identity,
  access,
  mail,
  cabinet,
  announcements,
}

/** Every permission with its module; a wall holds endpoints and roles to them. */
export const declaredPermissions = Object.entries(contracts).flatMap(([module, contract]) =>
  contract.permissions.map((permission) => ({
    permission,
    module: module.replace(/[A-Z]/, (letter) => `-${letter.toLowerCase()}`),
    stepUp: endpointsOf(contract).some((endpoint) => endpoint.may === permission && endpoint.stepUp),
    limitable: contract.limitable?.includes(permission) ?? false,
  })),
)

function endpointsOf(contract: object): AnyEndpoint[] {
  return Object.values(contract).filter(
    (exported: unknown): exported is AnyEndpoint =>
      typeof exported === 'object' && exported !== null && 'may' in exported && 'stepUp' in exported,
  )
}
