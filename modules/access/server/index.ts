export { giveRole, permissionsHeld, rightsOf } from './queries.ts'
