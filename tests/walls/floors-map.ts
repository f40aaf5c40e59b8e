/**
 * The map of the system: which module may reach which neighbour, by its face (#server) or contract. It has no ring.
 * A module's own parts and its own contract need no line here.
 */
export const neighbours: Readonly<Record<string, readonly string[]>> = {
  access: [],
  audit: ['access'],
  identity: ['access', 'audit'],
  billing: ['access', 'audit'],
  clients: ['access', 'audit', 'billing'],
  mail: [],
  dashboard: ['billing', 'clients', 'tenancy'],
  privacy: ['access', 'audit', 'clients', 'support'],
  tenancy: ['access', 'audit', 'clients', 'identity'],
  impersonation: ['access', 'audit', 'identity', 'support'],
  support: ['access', 'audit', 'billing', 'clients', 'identity', 'mail', 'patients'],
  cabinet: ['access', 'audit', 'identity', 'tenancy'],
  patients: ['cabinet', 'identity'],
  agenda: ['cabinet', 'identity', 'patients'],
  notes: ['agenda', 'cabinet', 'identity', 'patients'],
  fees: ['agenda', 'audit', 'cabinet', 'identity', 'patients'],
  calls: ['agenda', 'cabinet', 'identity', 'patients'],
  reminders: ['agenda', 'cabinet', 'fees', 'identity', 'mail', 'patients', 'tenancy'],
  figures: ['agenda', 'cabinet', 'calls', 'fees', 'identity', 'notes', 'patients', 'reminders'],
  announcements: ['access', 'identity'],
  'sql-console': ['access', 'audit', 'support', 'tenancy'],
}
